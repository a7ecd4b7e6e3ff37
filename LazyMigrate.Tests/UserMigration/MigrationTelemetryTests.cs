using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>What the meter <c>LazyMigrate</c> tells of log-ins.</summary>
public sealed class MigrationTelemetryTests : IAsyncLifetime, IDisposable
{
    private const string Ada = "ada@example.org";

    private readonly TestSignIns _signIns = new();
    private readonly BusyHasher _hasher = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<double> _latencies = new();
    private readonly MeterListener _listener = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(services =>
        {
            _signIns.AddTo(services);
            services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>>(_hasher));
        });

        // Other tests have meters of the same name, made by other hosts' factories.
        var factory = _database.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MigrationTelemetry.Name && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Enqueue(Describe(instrument, value, tags)));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _seen.Enqueue(Describe(instrument, value, tags)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            _latencies.Enqueue(value);
            _seen.Enqueue(Describe(instrument, 1, tags));
        });
        _listener.Start();
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada), ["bob@example.org"] = Profile("42", "bob@example.org") });
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task LogIns_AreCounted_WithoutWhoItWas()
    {
        await TestSignIns.LogInAsync(_database, Ada, "wrong");
        await TestSignIns.LogInAsync(_database, Ada, Password);
        await TestSignIns.LogInAsync(_database, Ada, "wrong");
        await TestSignIns.LogInAsync(_database, "bob@example.org", Password);

        Assert.Equal(
            [
                "lazymigrate.legacy.latency 1 {lazymigrate.database=shop, lazymigrate.operation=Login, lazymigrate.outcome=NoSuchUser}",
                "lazymigrate.refusals 1 {lazymigrate.refusal.reason=NoSuchUser}",
                "lazymigrate.legacy.latency 1 {lazymigrate.database=shop, lazymigrate.operation=Login, lazymigrate.outcome=Accepted}",
                "lazymigrate.migrations 1 {lazymigrate.database=shop, lazymigrate.identifier.kind=Email}",
                "lazymigrate.refusals 1 {lazymigrate.refusal.reason=WrongPassword}",
                "lazymigrate.legacy.latency 1 {lazymigrate.database=shop, lazymigrate.operation=Login, lazymigrate.outcome=Accepted}",
                "lazymigrate.refusals 1 {lazymigrate.refusal.reason=Conflict}",
                "lazymigrate.conflicts 1 {lazymigrate.database=shop}",
            ],
            _seen);
        Assert.All(_latencies, latency => Assert.InRange(latency, 0, 600));
    }

    [Fact]
    public async Task Registration_AsksTheLegacyDatabase_AndThatIsMeasured()
    {
        await TestSignIns.RegisterAsync(_database, Ada);

        Assert.Equal(["lazymigrate.legacy.latency 1 {lazymigrate.database=shop, lazymigrate.operation=SearchUser, lazymigrate.outcome=Found}"], _seen);
    }

    [Fact]
    public async Task Outage_ShowsInTheBreakersState_AndClosesAfterOneTrial()
    {
        _database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);
        for (var person = 0; person < 6; person++)
        {
            await TestSignIns.LogInAsync(_database, $"person{person}@example.org", Password);
        }

        Assert.Equal(5, _latencies.Count);
        Assert.Contains("lazymigrate.refusals 1 {lazymigrate.refusal.reason=BreakerOpen}", _seen);
        Assert.Equal("lazymigrate.breaker.state 1 {lazymigrate.database=shop}", ReadGauge());
        var id = (await _database.Get<CustomDatabaseManager>().GetAsync())!.Id;
        var reading = _database.Get<LegacyHealth>().Read(id);
        Assert.Equal((LegacyBreakerState.Open, true, 5, 5, ScriptFailureKind.ModuleError), (reading.Breaker, reading.IsDegraded, reading.Calls, reading.Failures, reading.LastFailure));

        _database.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("lazymigrate.breaker.state 2 {lazymigrate.database=shop}", ReadGauge());
        _database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada) });
        Assert.True((await TestSignIns.LogInAsync(_database, Ada, Password)).Succeeded);
        Assert.Equal("lazymigrate.breaker.state 0 {lazymigrate.database=shop}", ReadGauge());
    }

    [Fact]
    public async Task Busy_SaysNothingAboutTheLegacyDatabase()
    {
        await TestSignIns.LogInAsync(_database, Ada, Password);
        _seen.Clear();
        _database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.Busy);
        for (var person = 0; person < 8; person++)
        {
            Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(_database, $"person{person}@example.org", Password)));
        }

        Assert.Equal(Enumerable.Repeat("lazymigrate.refusals 1 {lazymigrate.refusal.reason=Busy}", 8), _seen);
        var id = (await _database.Get<CustomDatabaseManager>().GetAsync())!.Id;
        var reading = _database.Get<LegacyHealth>().Read(id);
        Assert.Equal((LegacyBreakerState.Closed, false, 1, 0, null), (reading.Breaker, reading.IsDegraded, reading.Calls, reading.Failures, reading.LastFailure));

        // But nobody learns from it who is here already.
        Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(_database, Ada, "wrong")));
        _database.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(RefusalOf(await TestSignIns.LogInAsync(_database, Ada, "wrong")));
    }

    /// <summary>A saturated node is seen, and says nothing about the legacy database.</summary>
    [Fact]
    public async Task HashingBusy_IsCounted_AndIsNoOutage()
    {
        await TestSignIns.LogInAsync(_database, Ada, Password);
        _seen.Clear();
        _hasher.IsBusy = true;

        Assert.Equal("TryAgainLater", (await TestSignIns.LogInAsync(_database, Ada, Password)).ToString());

        Assert.Equal(["lazymigrate.refusals 1 {lazymigrate.refusal.reason=Busy}"], _seen);
        _hasher.IsBusy = false;
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(_database, Ada, "wrong"));
    }

    [Fact]
    public async Task BusyTrial_TheNextCallIsTheTrial()
    {
        _database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);
        for (var person = 0; person < 5; person++)
        {
            await TestSignIns.LogInAsync(_database, $"person{person}@example.org", Password);
        }

        _database.Time.Advance(TimeSpan.FromSeconds(10));
        _database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.Busy);
        await TestSignIns.LogInAsync(_database, "person5@example.org", Password);
        _database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada) });

        Assert.True((await TestSignIns.LogInAsync(_database, Ada, Password)).Succeeded);
        Assert.Equal("lazymigrate.breaker.state 0 {lazymigrate.database=shop}", ReadGauge());
    }

    private static SignInRefusal? RefusalOf(SignInResult result) => (result as MigratingSignInResult)?.Refusal;

    private string ReadGauge()
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return Assert.Single(_seen);
    }

    private static string Describe(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {value} {{{string.Join(", ", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";

    /// <summary>Costs nothing; has no place left where it is told so.</summary>
    private sealed class BusyHasher : IPasswordHasher<AppUser>
    {
        public bool IsBusy { get; set; }

        public string HashPassword(AppUser user, string password) => IsBusy ? throw new HashingBusyException() : password;

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword) =>
            IsBusy ? throw new HashingBusyException()
            : hashedPassword == providedPassword ? PasswordVerificationResult.Success
            : PasswordVerificationResult.Failed;
    }
}
