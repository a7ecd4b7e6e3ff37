using System.Text;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The search itself: what finds nothing proves nothing.</summary>
public sealed class CanaryTests
{
    private const string Secret = "cAnary/9f2c+\"é\"-typed";

    public static TheoryData<byte[]> Forms => new(
        Encoding.UTF8.GetBytes(Secret),
        Encoding.Unicode.GetBytes(Secret),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{Secret}"))),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"a:{Secret}!!"))),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($":{Secret}")).Replace('+', '-').Replace('/', '_')),
        Encoding.UTF8.GetBytes(Uri.EscapeDataString(Secret)),
        Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(Secret))),
        Encoding.UTF8.GetBytes(string.Concat(Secret.Reverse())),
        Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(Secret)));

    [Theory]
    [MemberData(nameof(Forms))]
    public void FindIn_AnyForm_Finds(byte[] form) =>
        Assert.NotEmpty(new Canary("typed", Secret).FindIn("there", [1, 2, 3, .. form, 4]));

    [Fact]
    public void FindIn_Nothing_FindsNothing() =>
        Assert.Empty(new Canary("typed", Secret).FindIn("there", Encoding.UTF8.GetBytes("nothing of it: canary 9f2c typed")));
}
