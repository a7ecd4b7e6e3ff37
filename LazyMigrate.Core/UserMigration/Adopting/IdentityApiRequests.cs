using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Identity.Data;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Tells which look-up by e-mail belongs to a request for a new password, so that no other sees anybody who is not here.</summary>
/// <remarks>
/// The endpoints of <c>MapIdentityApi</c> hand the address to the user manager exactly as it came out of the request's JSON: the very
/// object. It is remembered when the JSON is read, for as long as the object lives. Whatever else looks up the same address has another object.
/// </remarks>
internal sealed class IdentityApiRequests
{
    private readonly ConditionalWeakTable<string, object> _requests = [];

    /// <summary>Whether the address is that of a request for a mail.</summary>
    public bool IsForgotten(string email) => _requests.TryGetValue(email, out var request) && request is ForgotPasswordRequest;

    /// <summary>The code that came with the address; null for every other look-up.</summary>
    public string? ResetCodeOf(string email) => _requests.TryGetValue(email, out var request) ? (request as ResetPasswordRequest)?.ResetCode : null;

    /// <summary>Sees to it that requests are remembered.</summary>
    public void Watch(JsonOptions options) =>
        options.SerializerOptions.TypeInfoResolver = (options.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Watch);

    private void Watch(JsonTypeInfo type)
    {
        if (type.Type == typeof(ForgotPasswordRequest))
        {
            type.OnDeserialized += request => Remember(((ForgotPasswordRequest)request).Email, request);
        }
        else if (type.Type == typeof(ResetPasswordRequest))
        {
            type.OnDeserialized += request => Remember(((ResetPasswordRequest)request).Email, request);
        }
    }

    private void Remember(string? email, object request)
    {
        // The empty string is one object for all.
        if (!string.IsNullOrEmpty(email))
        {
            _requests.AddOrUpdate(email, request);
        }
    }
}
