using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.Users;

public sealed class WritingSystemTests
{
    [Theory]
    [InlineData("zoë")]
    [InlineData("łukasz")]
    [InlineData("nguyễn")]
    [InlineData("алексей")]
    [InlineData("ελένη")]
    [InlineData("ليلى")]
    [InlineData("נועה")]
    [InlineData("लक्ष्मी")]
    [InlineData("สมชาย")]
    [InlineData("山田はなこ")] // Han and kana are one system
    [InlineData("金민준")] // Han and Hangul, too
    [InlineData("ada.lovelace_1815-x")]
    [InlineData("1815")]
    [InlineData("٢٠٢٦")]
    [InlineData("𐐨𐐩")] // Deseret: outside the table, still one block
    public void IsSingle_OneSystem_True(string text) => Assert.True(WritingSystem.IsSingle(text));

    [Theory]
    [InlineData("pаypal")] // Cyrillic а
    [InlineData("ράyment")]
    [InlineData("ada中")]
    [InlineData("אבגabc")]
    [InlineData("abcليلى")]
    [InlineData("a𐐨")]
    [InlineData("12٣")]
    [InlineData("-ada")]
    [InlineData("_")]
    [InlineData("ada!")]
    [InlineData("ada\u20DD")] // enclosing circle
    [InlineData("ada²")] // a number, but no digit
    [InlineData("\u0301")]
    [InlineData("")]
    public void IsSingle_MixedOrUnsafe_False(string text) => Assert.False(WritingSystem.IsSingle(text));
}
