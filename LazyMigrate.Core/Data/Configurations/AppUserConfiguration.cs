using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class AppUserConfiguration : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("Users");

        // These four unique indexes are what makes a move happen once, whatever the concurrency.
        builder.HasIndex(user => user.NormalizedEmail).HasDatabaseName("IX_Users_NormalizedEmail").IsUnique();
        builder.HasIndex(user => user.NormalizedUserName).HasDatabaseName("IX_Users_NormalizedUserName").IsUnique();
        builder.HasIndex(user => user.NormalizedPhoneNumber).HasDatabaseName("IX_Users_NormalizedPhoneNumber").IsUnique();
        builder.HasIndex(user => new { user.CustomDatabaseId, user.LegacyId }).HasDatabaseName("IX_Users_LegacyId").IsUnique();

        builder.HasIndex(user => new { user.Origin, user.CreatedAt });
        builder.HasIndex(user => user.CreatedAt);

        builder.Property(user => user.Origin).HasConversion<string>().HasMaxLength(20);
        builder.Property(user => user.PhoneNumber).HasMaxLength(32);
        builder.Property(user => user.NormalizedPhoneNumber).HasMaxLength(16);
        builder.Property(user => user.LegacyId).HasMaxLength(AppUser.LegacyIdLength);
        builder.Property(user => user.Name).HasMaxLength(AppUser.NameLength);
        builder.Property(user => user.Nickname).HasMaxLength(AppUser.NameLength);
        builder.Property(user => user.GivenName).HasMaxLength(AppUser.NameLength);
        builder.Property(user => user.FamilyName).HasMaxLength(AppUser.NameLength);
        builder.Property(user => user.Picture).HasMaxLength(2048);
        builder.Property(user => user.Gender).HasMaxLength(64);
        builder.Property(user => user.Birthdate).HasMaxLength(64);
        builder.Property(user => user.Locale).HasMaxLength(64);
        builder.Property(user => user.ZoneInfo).HasMaxLength(64);
        builder.Property(user => user.Address).HasMaxLength(2048);
        builder.Property(user => user.Company).HasMaxLength(AppUser.NameLength);
        builder.Property(user => user.Website).HasMaxLength(2048);
        builder.Property(user => user.CustomDataJson).HasMaxLength(AppUser.CustomDataLength);
        builder.Ignore(user => user.DisplayName);
    }
}
