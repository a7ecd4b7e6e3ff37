using System.Globalization;
using System.Text;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data.Sample;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Data.Sample;

public sealed class SampleShopTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private IReadOnlyList<LegacyCustomer> _customers = [];

    public async Task InitializeAsync()
    {
        await SampleShop.WriteAsync(_folder.Path, CancellationToken.None);
        _customers = await LegacyShop.ReadAsync(_folder.Path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteAsync_People_AreFiveHundredWithUniqueCanonicalIdentifiers()
    {
        Assert.Equal(500, _customers.Count);
        Assert.Equal(Enumerable.Range(1, 500).Select(id => (long)id), _customers.Select(customer => customer.Id));
        Assert.All(_customers, customer => Assert.True(customer.Email is not null || (customer.Phone is not null && customer.UserName is not null), customer.FullName));

        // What equality in SQL compares must be what scripts are asked with.
        var emails = _customers.Select(customer => customer.Email).OfType<string>().ToList();
        var phones = _customers.Select(customer => customer.Phone).OfType<string>().ToList();
        var userNames = _customers.Select(customer => customer.UserName).OfType<string>().ToList();
        Assert.All(emails, email => Assert.Equal(new UserIdentifier(IdentifierKind.Email, email), IdentifierParser.Parse(email)));
        Assert.All(phones, phone => Assert.Equal(new UserIdentifier(IdentifierKind.Phone, phone), IdentifierParser.Parse(phone)));
        Assert.All(userNames, userName => Assert.Equal(new UserIdentifier(IdentifierKind.UserName, userName), IdentifierParser.Parse(userName)));
        Assert.Equal(emails.Count, emails.Distinct().Count());
        Assert.Equal(phones.Count, phones.Distinct().Count());
        Assert.Equal(userNames.Count, userNames.Distinct().Count());
        Assert.All(emails, email => Assert.Matches("@example\\.(com|org|net)$", email));
    }

    [Fact]
    public void WriteAsync_People_AreOfManyKinds()
    {
        Assert.Equal(40, _customers.Count(customer => customer.Email is null));
        Assert.Equal(20, _customers.Count(customer => customer.IsBlocked));
        Assert.InRange(_customers.Count(customer => customer.IsEmailVerified), 350, 450);
        Assert.True(_customers.Select(customer => customer.FullName).Distinct().Count() > 450);
        string[] letters = ["Ł", "ё", "Ґ", "Ψ", "م", "ש", "श", "হ", "晓", "さ", "민", "ส", "Ş", "ễ"];
        var names = string.Concat(_customers.Select(customer => customer.FullName)).Normalize(NormalizationForm.FormC);
        Assert.All(letters, letter => Assert.Contains(letter, names, StringComparison.Ordinal));
        Assert.Contains(_customers, customer => customer.UserName is { } name && name.Any(character => character > '\u3000'));
        Assert.All(_customers, customer => Assert.True(DateTimeOffset.TryParse(customer.CreatedAt, CultureInfo.InvariantCulture, out var created) && created.Year is >= 2012 and < 2026));
    }

    [Fact]
    public async Task WriteAsync_Again_IsTheSamePeople()
    {
        await SampleShop.WriteAsync(_folder.Path, CancellationToken.None);

        // Only the salts differ.
        Assert.Equal(
            _customers.Select(customer => customer with { PasswordHash = "" }),
            (await LegacyShop.ReadAsync(_folder.Path)).Select(customer => customer with { PasswordHash = "" }));
    }

    [Fact]
    public void Credentials_ShownPeople_AreInTheFileWithThatPassword()
    {
        Assert.Equal(3, SampleManager.Credentials.Count);
        var shown = SampleManager.Credentials.Append(SampleManager.BlockedPerson).Select(credential => (credential, customer: Find(credential.Identifier))).ToList();
        Assert.All(shown, pair => Assert.Equal(pair.credential.DisplayName, pair.customer.FullName));
        Assert.All(shown, pair => Assert.True(BCrypt.Net.BCrypt.Verify(pair.credential.Password, pair.customer.PasswordHash)));
        Assert.All(shown, pair => Assert.False(BCrypt.Net.BCrypt.Verify(pair.credential.Password + "x", pair.customer.PasswordHash)));
        Assert.Equal([false, false, false, true], shown.Select(pair => pair.customer.IsBlocked));
        Assert.Equal(4, shown.Select(pair => pair.customer.Id).Distinct().Count());

        var (withEmail, chinese, withoutEmail) = (SampleManager.Credentials[0], SampleManager.Credentials[1], SampleManager.Credentials[2]);
        Assert.Equal(IdentifierKind.Email, IdentifierParser.Parse(withEmail.Identifier)!.Kind);
        Assert.Equal("李晓明", chinese.Identifier);
        Assert.Equal(Find(chinese.Identifier), Find(chinese.OtherIdentifier!));
        Assert.Equal(IdentifierKind.Phone, IdentifierParser.Parse(withoutEmail.Identifier)!.Kind);
        Assert.Null(Find(withoutEmail.Identifier).Email);
    }

    [Fact]
    public void Passwords_OfEverybody_FitTheFile() =>
        Assert.All(_customers.Where(customer => customer.Id % 50 == 3), customer =>
            Assert.True(BCrypt.Net.BCrypt.Verify(SamplePerson.Of((int)customer.Id).Password, customer.PasswordHash)));

    private LegacyCustomer Find(string identifier) =>
        Assert.Single(_customers, customer => customer.Email == identifier || customer.Phone == identifier || customer.UserName == identifier);
}
