using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Users;

public sealed class FirstAdministratorTests
{
    // As Identity's own rules want it.
    private const string Password = "Correct horse 9";

    [Fact]
    public async Task CreateAsync_Valid_IsToldOnceAsTheFirstAdministrator()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.CreateScope();

        var (user, result) = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().CreateAsync(" Owner@Example.org", Password);

        Assert.True(result.Succeeded);
        var told = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(10));
        Assert.Equal((ActivityKinds.SetupCompleted, user!.Id, user.NormalizedEmail), (told.Kind, told.SubjectId!.Value, told.SubjectName));
    }

    [Fact]
    public async Task CreateAsync_Refused_TellsNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var scope = database.CreateScope();
        var administrators = scope.ServiceProvider.GetRequiredService<FirstAdministrator>();

        Assert.Null((await administrators.CreateAsync("not an address", Password)).User);
        Assert.NotNull((await administrators.CreateAsync("owner@example.org", Password)).User);

        Assert.Equal([ActivityKinds.SetupCompleted], (await database.Get<ActivityQueries>().LatestAsync(10)).Select(item => item.Kind));
    }
}
