using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.Scripting;

public class EmbeddedTextTests
{
    [Fact]
    public void Read_FacadeInSeveralFiles_HasItsPartsBeforeIt()
    {
        var text = EmbeddedText.Read("Modules.MySql.mysql-values+mysql-base+mysql.js");

        var positions = new[] { "mysql-values", "mysql-base", "mysql" }
            .Select(file => text.IndexOf(EmbeddedText.Read($"Modules.MySql.{file}.js").Trim(), StringComparison.Ordinal))
            .ToArray();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void NameOf_FacadeInSeveralFiles_IsReadToTheSameText()
    {
        var text = EmbeddedText.Read("Modules.MySql.mysql-values+mysql-base+mysql.js");

        var name = EmbeddedText.NameOf(text);

        Assert.Equal("LazyMigrate.Core.Scripting.Modules.MySql.mysql-values+mysql-base+mysql.js", name);
        Assert.Equal(text, EmbeddedText.Read(name!));
    }

    [Fact]
    public void Read_MissingPart_IsNamed()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => EmbeddedText.Read("Modules.MySql.nowhere+mysql.js"));

        Assert.Contains("Modules.MySql.nowhere.js", missing.Message, StringComparison.Ordinal);
    }
}
