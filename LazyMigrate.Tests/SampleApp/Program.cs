using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Adopting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SampleApp;

if (await ScriptWorkerEntry.RunIfRequestedAsync(args))
{
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<ApplicationDbContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Default")));
builder.Services.AddTransient<IEmailSender<ApplicationUser>, FolderEmailSender>();
builder.Services.AddAuthorization();
builder.Services
    .AddIdentityApiEndpoints<ApplicationUser>()
    .AddEntityFrameworkStores<ApplicationDbContext>()
    .AddLazyMigration();
builder.Services.AddLazyMigrationAddress(services => services.GetRequiredService<IHttpContextAccessor>().HttpContext?.Connection.RemoteIpAddress);

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ApplicationDbContext>().Database.EnsureCreatedAsync();
}

app.MapIdentityApi<ApplicationUser>();
await app.RunAsync();

internal sealed class ApplicationUser : IdentityUser;

internal sealed class ApplicationDbContext(DbContextOptions<ApplicationDbContext> options) : IdentityDbContext<ApplicationUser>(options);
