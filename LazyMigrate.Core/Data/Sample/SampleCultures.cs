namespace LazyMigrate.Core.Data.Sample;

/// <summary>The names that sample people are made of.</summary>
/// <param name="Code">Two letters of the country.</param>
/// <param name="PhonePrefix">The beginning of an E.164 number; three digits follow. Where a country keeps numbers for films, it is those.</param>
/// <param name="NameOrder">Whether the family name comes first, and what lies between.</param>
/// <param name="GivenNames">As written, <c>=</c>, as in an e-mail address; separated by spaces.</param>
/// <param name="FamilyNames">The same.</param>
internal sealed record SampleCulture(string Code, string PhonePrefix, SampleNameOrder NameOrder, string GivenNames, string FamilyNames)
{
    /// <summary>Where the three digits begin.</summary>
    public int FirstPhone { get; init; }

    public static IReadOnlyList<SampleCulture> All { get; } =
    [
        new("gb", "+447700900", SampleNameOrder.GivenFirst,
            "Grace=grace Oliver=oliver Niamh=niamh Harriet=harriet Callum=callum Zoë=zoe Imogen=imogen Rhys=rhys Siân=sian Ewan=ewan",
            "Holloway=holloway O’Connor=oconnor Whitfield=whitfield Brontë=bronte Pritchard=pritchard Mackenzie=mackenzie Ashworth=ashworth Lovell=lovell"),
        new("de", "+493023125", SampleNameOrder.GivenFirst,
            "Jürgen=juergen Käthe=kaethe Sören=soeren Anneliese=anneliese Götz=goetz Ulrike=ulrike Björn=bjoern Liselotte=liselotte Matthias=matthias Frauke=frauke",
            "Müller=mueller Groß=gross Schäfer=schaefer Köhler=koehler Vogt=vogt Weiß=weiss Brünning=bruenning Lehmann=lehmann"),
        new("fr", "+33639980", SampleNameOrder.GivenFirst,
            "Zoé=zoe Jérôme=jerome Chloë=chloe François=francois Maëlle=maelle Benoît=benoit Hélène=helene Loïc=loic Amélie=amelie Gaël=gael",
            "Lefèvre=lefevre Gérard=gerard Dubois=dubois Bélanger=belanger Châtelain=chatelain Noël=noel Rousseau=rousseau Garçon=garcon"),
        new("es", "+34600000", SampleNameOrder.GivenFirst,
            "Íñigo=inigo María=maria Joaquín=joaquin Begoña=begona Andrés=andres Lucía=lucia Ramón=ramon Inés=ines Tomás=tomas Pilar=pilar",
            "Núñez=nunez García=garcia Ibáñez=ibanez Peña=pena Gutiérrez=gutierrez Ordóñez=ordonez Sáez=saez Vicuña=vicuna"),
        new("pl", "+48500000", SampleNameOrder.GivenFirst,
            "Łukasz=lukasz Małgorzata=malgorzata Żaneta=zaneta Świętosław=swietoslaw Agnieszka=agnieszka Błażej=blazej Zofia=zofia Grażyna=grazyna Michał=michal Róża=roza",
            "Wójcik=wojcik Kowalczyk=kowalczyk Dąbrowska=dabrowska Zieliński=zielinski Wiśniewska=wisniewska Gołąb=golab Szczęsny=szczesny Łoś=los"),
        new("tr", "+905000000", SampleNameOrder.GivenFirst,
            "Ayşe=ayse Çağlar=caglar Gülşah=gulsah İpek=ipek Oğuz=oguz Şebnem=sebnem Ömer=omer Ülkü=ulku Işıl=isil Tuğba=tugba",
            "Yıldız=yildiz Öztürk=ozturk Şahin=sahin Çelik=celik Güneş=gunes Kılıç=kilic Doğan=dogan Aydın=aydin"),
        new("vn", "+84900000", SampleNameOrder.FamilyFirstSpaced,
            "Anh=anh Thảo=thao Dũng=dung Hương=huong Khánh=khanh Ngọc=ngoc Phúc=phuc Quỳnh=quynh Tuấn=tuan Yến=yen",
            "Nguyễn=nguyen Trần=tran Lê=le Phạm=pham Hoàng=hoang Đặng=dang Bùi=bui Đỗ=do"),
        new("se", "+46701740", SampleNameOrder.GivenFirst,
            "Åsa=asa Björn=bjorn Märta=marta Gösta=gosta Linnéa=linnea Östen=osten Saga=saga Håkan=hakan Märit=marit Nils=nils",
            "Sjöberg=sjoberg Åkesson=akesson Lindström=lindstrom Öberg=oberg Nyström=nystrom Ahlgren=ahlgren Västerlund=vasterlund Hägg=hagg")
        { FirstPhone = 605 },
        new("ru", "+79000000", SampleNameOrder.GivenFirst,
            "Алексей=aleksey Наталья=natalya Фёдор=fyodor Ольга=olga Юрий=yuri Екатерина=ekaterina Игорь=igor Людмила=lyudmila Степан=stepan Жанна=zhanna",
            "Щербаков=shcherbakov Воробьёва=vorobyova Чайкин=chaykin Цветаев=tsvetaev Лебедева=lebedeva Ершов=yershov Юдин=yudin Хохлова=khokhlova"),
        new("ua", "+380500000", SampleNameOrder.GivenFirst,
            "Юрій=yuriy Оксана=oksana Андрій=andriy Соломія=solomiya Єгор=yehor Ярина=yaryna Марія=mariya Гліб=hlib Данило=danylo Зоряна=zoryana",
            "Шевчук=shevchuk Ґалаґан=galagan Ковальчук=kovalchuk Їжакевич=yizhakevych Єременко=yeremenko Бойко=boyko Гнатюк=hnatyuk Лисенко=lysenko"),
        new("gr", "+306900000", SampleNameOrder.GivenFirst,
            "Ελένη=eleni Γιώργος=giorgos Χρυσάνθη=chrysanthi Οδυσσέας=odysseas Ιωάννα=ioanna Θεόδωρος=theodoros Ξένια=xenia Σπύρος=spyros Αΐντα=aida Φωτεινή=foteini",
            "Παπαδόπουλος=papadopoulos Ψαράκη=psaraki Ζωγράφος=zografos Λαμπράκης=lambrakis Μαυρίδη=mavridi Ξενάκης=xenakis Ρήγας=rigas Οικονόμου=oikonomou"),
        new("eg", "+201000000", SampleNameOrder.GivenFirst,
            "أحمد=ahmed فاطمة=fatma يوسف=youssef ليلى=layla عمر=omar نور=nour خالد=khaled مريم=mariam حسن=hassan سلمى=salma",
            "المصري=elmasry حداد=haddad النجار=elnaggar منصور=mansour السيد=elsayed خليل=khalil فؤاد=fouad الشريف=elsherif"),
        new("il", "+972500000", SampleNameOrder.GivenFirst,
            "נועה=noa דוד=david תמר=tamar יוסף=yosef מיכל=michal אורי=uri שירה=shira איתן=eitan רחל=rachel גיל=gil",
            "כהן=cohen לוי=levi מזרחי=mizrahi פרידמן=friedman שפירא=shapira ברק=barak אלון=alon רוזן=rosen"),
        new("in", "+919000000", SampleNameOrder.GivenFirst,
            "आरव=aarav प्रिया=priya विक्रम=vikram अनन्या=ananya रोहन=rohan मीरा=meera अर्जुन=arjun काव्या=kavya संजय=sanjay लक्ष्मी=lakshmi",
            "शर्मा=sharma वर्मा=verma गुप्ता=gupta सिंह=singh मिश्रा=mishra जोशी=joshi चौहान=chauhan अग्रवाल=agrawal"),
        new("bd", "+8801700000", SampleNameOrder.GivenFirst,
            "রহিম=rahim সুমাইয়া=sumaiya তানভীর=tanvir নুসরাত=nusrat ফারহান=farhan শিরিন=shirin আরিফ=arif জান্নাত=jannat সাকিব=sakib মিতু=mitu",
            "হোসেন=hossain আক্তার=akter চৌধুরী=chowdhury ইসলাম=islam সরকার=sarkar খান=khan দাস=das মল্লিক=mallick"),
        new("cn", "+8613800000", SampleNameOrder.FamilyFirst,
            "晓明=xiaoming 丽华=lihua 伟=wei 静怡=jingyi 建国=jianguo 雨桐=yutong 子涵=zihan 秀英=xiuying 志强=zhiqiang 思远=siyuan",
            "李=li 王=wang 张=zhang 陈=chen 刘=liu 欧阳=ouyang 赵=zhao 黄=huang"),
        new("tw", "+886900000", SampleNameOrder.FamilyFirst,
            "淑芬=shufen 志豪=chihhao 雅婷=yating 俊傑=chunchieh 怡君=yichun 家豪=chiahao 詩涵=shihhan 冠宇=kuanyu 美玲=meiling 承恩=chengen",
            "陳=chen 林=lin 黃=huang 張=chang 吳=wu 劉=liu 蔡=tsai 謝=hsieh"),
        new("jp", "+819000000", SampleNameOrder.FamilyFirstSpaced,
            "花子=hanako 太郎=taro さくら=sakura 健一=kenichi 美咲=misaki 翔太=shota あかり=akari 大輔=daisuke 結衣=yui 直樹=naoki",
            "山田=yamada 佐藤=sato 鈴木=suzuki 渡辺=watanabe 小林=kobayashi 斎藤=saito 中村=nakamura 長谷川=hasegawa"),
        new("kr", "+821000000", SampleNameOrder.FamilyFirst,
            "민준=minjun 서연=seoyeon 지훈=jihoon 하은=haeun 도윤=doyun 수빈=subin 예진=yejin 현우=hyunwoo 은지=eunji 태현=taehyun",
            "김=kim 이=lee 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon"),
        new("th", "+66800000", SampleNameOrder.GivenFirst,
            "สมชาย=somchai ณัฐ=nat มาลี=malee พิมพ์=phim ธนา=thana กมล=kamon ศิริ=siri อรุณ=arun วิภา=wipha ชัย=chai",
            "ใจดี=jaidee ศรีสุข=srisuk ทองคำ=thongkham แก้วใส=kaewsai วงศ์ไทย=wongthai บุญมี=boonmee สายทอง=saithong รักไทย=rakthai"),
    ];
}

internal enum SampleNameOrder
{
    GivenFirst,
    FamilyFirst,
    FamilyFirstSpaced,
}
