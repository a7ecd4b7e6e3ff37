using System.Text;
using CsCheck;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Workers;

/// <summary>A worker that a script has taken over, and says what it should not.</summary>
public sealed class WorkerSessionTests
{
    private static readonly string[] s_parts = ["[", "]", "{", "}", "\"a\"", ":", ",", "1", "null", "\"\\ud800\"", "é", " ", "tru"];

    private static readonly ScriptRunRequest s_request = new()
    {
        Kind = ScriptKind.Login,
        Source = "function login() {}",
        ArgumentsJson = "[]",
        Secrets = ["a secret to mask"],
        Access = new LegacyAccess(["db.internal:5432"], "/srv/legacy", []),
    };

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"shutdown","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"run","params":[{}]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/progress","params":[1,2]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":999,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[null]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":2,"module":"pg","operation":"query","argument":"e30="}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":-1,"module":"pg","operation":"query","argument":"e30="}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":"bcrypt","operation":"hash","argument":"e30="}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":"nothing","operation":"hash","argument":"e30="}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":"pg","operation":"query","argument":"not base64"}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":null,"operation":"query","argument":"e30="}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":"pg","operation":"query","argument":"e30=","more":1}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"consoleLine","params":[{"runId":1,"level":99,"text":"x"}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"consoleLine","params":[{"runId":1,"level":1,"text":null}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"consoleLine","params":[{"runId":1,"level":1}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"consoleLine","params":[{"runId":7,"level":1,"text":"x"}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"error":{"code":1,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":true,"json":"e30=","error":null,"failure":{"kind":1,"message":"x","position":null,"stack":null},"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":false,"json":null,"error":null,"failure":null,"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":true,"json":"bm8=","error":null,"failure":null,"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":true,"json":"W1tbW1tbXV1dXV1d","error":null,"failure":null,"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":true,"json":"e30=","error":null,"failure":null,"droppedLines":-1,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":false,"json":null,"error":null,"failure":{"kind":99,"message":"x","position":null,"stack":null},"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":RPC,"result":{"answered":false,"json":null,"error":null,"failure":{"kind":1,"message":"x","position":{"line":-1,"column":1},"stack":null},"droppedLines":0,"wedged":false,"begun":true}}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("garbage")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task Frame_OutsideTheContract_EndsTheWorker(string frame)
    {
        await using var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);

        await worker.SayAsync(frame.Replace("RPC", $"{worker.RequestId}", StringComparison.Ordinal));

        Assert.Equal(WorkerLossReason.Protocol, await worker.Killed.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Null(await worker.Run);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData((1u << 20) + 1)]
    [InlineData(uint.MaxValue)]
    public async Task Frame_OfForbiddenLength_EndsTheWorkerBeforeItIsRead(uint length)
    {
        await using var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);

        await worker.SayRawAsync(TestWorker.Head(length));

        Assert.Equal(WorkerLossReason.Protocol, await worker.Killed.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task ConsoleLines_MoreThanTheRunMaySend_EndTheWorker()
    {
        await using var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);

        for (var i = 0; i <= s_request.Limits.ConsoleLines; i++)
        {
            await worker.SayAsync($$$"""{"jsonrpc":"2.0","id":{{{i}}},"method":"consoleLine","params":[{"runId":1,"level":1,"text":"x"}]}""");
        }

        Assert.Equal(WorkerLossReason.Protocol, await worker.Killed.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Connection_ClosedInTheMiddleOfAFrame_LosesTheRun()
    {
        var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);
        await worker.SayRawAsync([0, 0, 1, 0, 1]);

        await worker.DisposeAsync();

        Assert.Null(await worker.Run);
    }

    [Fact]
    public async Task Order_HoldsNeitherTheSecretsToMaskNorWhatModulesMayReach()
    {
        await using var worker = new TestWorker();

        var order = await worker.TakeRunAsync(s_request);

        Assert.Contains("function login() {}", order, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret to mask", order, StringComparison.Ordinal);
        Assert.DoesNotContain("db.internal", order, StringComparison.Ordinal);
        Assert.DoesNotContain("/srv/legacy", order, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfALateModuleCall_IsThatTheRunHasEnded()
    {
        await using var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);
        await worker.SayAsync($$$"""{"jsonrpc":"2.0","id":{{{worker.RequestId}}},"result":{"answered":true,"json":"e30=","error":null,"failure":null,"droppedLines":0,"wedged":false,"begun":true}}""");
        Assert.Equal(new ScriptCompletion.Answered("{}"), await worker.Run);

        await worker.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"callModule","params":[{"runId":1,"module":"pg","operation":"query","argument":"e30="}]}""");
        await worker.TakeRunAsync(s_request);

        Assert.False(worker.Killed.IsCompleted);
    }

    [Theory]
    [InlineData(true, "version")]
    [InlineData(false, null)]
    public async Task Wedged_IsChargedToTheVersionThatHadBegun_AndToNoOther(bool begun, string? guilty)
    {
        await using var worker = new TestWorker();
        await worker.TakeRunAsync(s_request);

        await worker.SayAsync($$$"""{"jsonrpc":"2.0","id":{{{worker.RequestId}}},"result":{"answered":true,"json":"e30=","error":null,"failure":null,"droppedLines":0,"wedged":true,"begun":{{{(begun ? "true" : "false")}}}}}""");

        Assert.Equal(WorkerLossReason.Wedged, await worker.Killed);
        Assert.Equal(guilty, worker.Guilty);
    }

    [Fact]
    public void Completions_CrossThePipeUnchanged() =>
        (from kind in Gen.Enum<ScriptFailureKind>()
         from errorClass in Gen.Enum<ScriptErrorClass>()
         from text in Gen.String.Select(WellFormed)
         from position in Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 5000], (line, column) => new ScriptPosition(line, column)).Null()
         from choice in Gen.Int[0, 3]
         from flag in Gen.Bool
         select choice switch
         {
             0 => (ScriptCompletion)new ScriptCompletion.Answered(null),
             1 => new ScriptCompletion.Answered(System.Text.Json.JsonSerializer.Serialize(new { text, list = new object[] { 1.5, flag, text } })),
             2 => new ScriptCompletion.Threw(new ScriptError(errorClass, text, text, flag ? text : null, flag, position, text)),
             _ => new ScriptCompletion.Failed(new ScriptFailure(kind, text, position) { Stack = flag ? text : null }),
         }).Sample(completion =>
         {
             var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(WorkerCompletions.Write(completion, 3, false, true), WorkerJson.Default.WorkerRunEnd);
             var end = System.Text.Json.JsonSerializer.Deserialize(json, WorkerJson.Default.WorkerRunEnd)!;
             return WorkerCompletions.Read(end, new ScriptLimits()) == completion && end.DroppedLines == 3;
         });

    [Fact]
    public void Answers_OfAnyBytes_AreJsonWithinTheLimitsOrRefused()
    {
        var limits = new ScriptLimits { ResultLength = 200, ResultDepth = 3 };
        Gen.OneOf(
            Gen.Byte.Array[0, 300],
            Gen.Int[0, 12].Select(i => s_parts[i]).Array[0, 40].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))))
            .Sample(bytes =>
            {
                try
                {
                    var answered = (ScriptCompletion.Answered)WorkerCompletions.Read(new WorkerRunEnd(true, bytes, null, null, 0, false, true), limits);
                    using var document = System.Text.Json.JsonDocument.Parse(answered.Json!, new System.Text.Json.JsonDocumentOptions { MaxDepth = 3 });
                    return answered.Json!.Length <= 200;
                }
                catch (WorkerProtocolException)
                {
                    return true;
                }
            });
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
