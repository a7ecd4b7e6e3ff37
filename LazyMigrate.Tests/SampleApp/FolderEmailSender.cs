using Microsoft.AspNetCore.Identity;

namespace SampleApp;

/// <summary>Puts mails into the folder <c>Mail:Folder</c>, where a real application would send them.</summary>
internal sealed class FolderEmailSender(IConfiguration configuration) : IEmailSender<ApplicationUser>
{
    public Task SendConfirmationLinkAsync(ApplicationUser user, string email, string confirmationLink) => PutAsync($"{email}\n{confirmationLink}");

    public Task SendPasswordResetLinkAsync(ApplicationUser user, string email, string resetLink) => PutAsync($"{email}\n{resetLink}");

    public Task SendPasswordResetCodeAsync(ApplicationUser user, string email, string resetCode) => PutAsync($"{email}\n{resetCode}");

    private async Task PutAsync(string text)
    {
        var file = Path.Combine(configuration["Mail:Folder"]!, Guid.NewGuid().ToString());
        await File.WriteAllTextAsync(file, text);
        File.Move(file, $"{file}.mail");
    }
}
