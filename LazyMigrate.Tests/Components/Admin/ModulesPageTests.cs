using Bunit;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Modules;
using Microsoft.AspNetCore.Components.Forms;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class ModulesPageTests : ConsoleTest
{
    [Fact]
    public void Modules_None_SaysThatMostScriptsNeedNone_AndListsWhatIsBuiltIn()
    {
        var page = Render<ModulesPage>();

        page.WaitForAssertion(() => Assert.Contains("None yet", page.Markup, StringComparison.Ordinal));
        Assert.Contains("pg", page.FindAll(".module-names code").Select(name => name.TextContent));
        Assert.DoesNotContain(page.FindAll(".module-names code"), name => name.TextContent.StartsWith('#'));
    }

    [Fact]
    public void Add_Files_SaysForEachHowItWent_AndListsThem()
    {
        var page = Render<ModulesPage>();
        page.WaitForElement("input[type=file]");

        page.FindComponent<InputFile>().UploadFiles(
            InputFileContent.CreateFromBinary(TestPackage.Pack(("package.json", """{"name":"greet","version":"1.0.0","license":"MIT","dependencies":{"dep":"^1"}}"""), ("index.js", "")), "greet.tgz"),
            InputFileContent.CreateFromText("hello", "hello.tgz"));

        page.WaitForElement("tbody tr");
        Assert.Equal(
            ["greet.tgz greet@1.0.0 is added, licence: MIT.", "hello.tgz It is not an npm tarball (.tgz). Make one with `npm pack NAME@VERSION`."],
            page.FindAll(".file-results li").Select(line => line.TextContent.Trim()));
        Assert.Equal("greet@1.0.0", page.Find("tbody .mono").TextContent);
        Assert.Contains("needs also dep@^1", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_Confirmed_IsGone()
    {
        var page = Render<ModulesPage>();
        page.WaitForElement("input[type=file]");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(TestPackage.Pack(("package.json", """{"name":"greet","version":"1.0.0"}""")), "greet.tgz"));
        page.WaitForElement("tbody tr");

        page.Find("[aria-label='Remove greet@1.0.0']").Click();
        Dialog.WaitForElement(".mud-dialog");
        Dialog.FindAll(".mud-dialog button").First(button => button.TextContent.Trim() == "Remove").Click();

        page.WaitForAssertion(() => Assert.Contains("None yet", page.Markup, StringComparison.Ordinal));
        Assert.Contains("greet@1.0.0 is removed.", Toasts);
    }
}
