using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.Users;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Ada Lovelace")]
    [InlineData("O'Hara-Müller")]
    [InlineData("علی\u200cرضا")]
    [InlineData("李雷 😀")]
    public void IsText_WhatPeopleAreCalled_IsTrue(string name) => Assert.True(PersonName.IsText(name));

    [Theory]
    [InlineData("Ada\0")]
    [InlineData("Ada\r\nBcc")]
    [InlineData("\u202enimda")]
    [InlineData("Ada\u2067")]
    [InlineData("Ada\u200f")]
    [InlineData("Ada\ufffd")]
    public void IsText_WhatShowsAsSomethingElse_IsFalse(string name) => Assert.False(PersonName.IsText(name));

    [Fact]
    public void IsText_HalfOfAPair_IsFalse() => Assert.False(PersonName.IsText("Ada" + (char)0xd800));
}
