using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Web.Components.Account;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Security;

internal static class SecurityExtensions
{
    /// <summary>Sessions, who may use the console, and antiforgery.</summary>
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = AccountUrls.LogIn;
            cookie.LogoutPath = AccountUrls.LogOut;
            cookie.AccessDeniedPath = AccountUrls.Denied;
            cookie.ReturnUrlParameter = AccountUrls.ReturnUrlName;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
            Harden(cookie.Cookie, builder.Environment, "Session");
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            // From the right password on, however often the page is looked at.
            cookie.SlidingExpiration = false;
            Harden(cookie.Cookie, builder.Environment, "TwoFactor");
        });
        services.Configure<CookieBuilder>(DeviceCookie.Name, cookie => Harden(cookie, builder.Environment, DeviceCookie.Name));
        services.AddSingleton<ILoginDevice, DeviceCookie>();
        services.AddSingleton<ISecondFactorCookie, SecondFactorCookie>();
        services.AddSingleton<FailureDelay>();
        services.AddAntiforgery(antiforgery => Harden(antiforgery.Cookie, builder.Environment, "Antiforgery"));
        services.AddAuthorizationBuilder().AddPolicy(ConsolePolicies.Administrator, policy => policy.RequireRole(ConsoleRoles.Owner));
        services.AddScoped<SetupGate>();
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>What every request passes first.</summary>
    public static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<RequestStart>();
        app.UseExceptionHandler(AccountUrls.Error, createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute(AccountUrls.ProblemFormat, createScopeForStatusCodePages: true);
        app.UseMiddleware<ProblemPages>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseMiddleware<HttpsOnly>();
            app.UseHsts();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FormSize>();
        app.UseAuthentication();
        app.UseMiddleware<PasswordChangeGate>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<StaleForm>();
    }

    private static void Harden(CookieBuilder cookie, IHostEnvironment environment, string name)
    {
        // Safari and plain HTTP clients drop secure cookies on http://localhost, where development happens; everywhere
        // else a cookie never travels without TLS.
        var isDevelopment = environment.IsDevelopment();
        cookie.Name = isDevelopment ? $"LazyMigrate.{name}" : $"__Host-LazyMigrate.{name}";
        cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.IsEssential = true;
    }
}
