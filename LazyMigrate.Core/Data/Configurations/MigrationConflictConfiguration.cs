using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class MigrationConflictConfiguration : IEntityTypeConfiguration<MigrationConflict>
{
    public void Configure(EntityTypeBuilder<MigrationConflict> builder)
    {
        builder.ToTable("MigrationConflicts");
        builder.Property(conflict => conflict.LegacyId).HasMaxLength(AppUser.LegacyIdLength);
        builder.Property(conflict => conflict.IdentifierKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(conflict => conflict.Identifier).HasMaxLength(256);
        builder.Property(conflict => conflict.Email).HasMaxLength(256);
        builder.Property(conflict => conflict.NormalizedEmail).HasMaxLength(256);
        builder.Property(conflict => conflict.NormalizedPhoneNumber).HasMaxLength(16);
        builder.Property(conflict => conflict.UserName).HasMaxLength(256);
        builder.Property(conflict => conflict.NormalizedUserName).HasMaxLength(256);
        builder.Property(conflict => conflict.Name).HasMaxLength(AppUser.NameLength);
        builder.Property(conflict => conflict.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(conflict => conflict.DecidedByName).HasMaxLength(256);
        builder.Property(conflict => conflict.Stamp).IsConcurrencyToken();
        builder.Ignore(conflict => conflict.OwnerIds);

        // What makes many attempts at once one row.
        builder.HasIndex(conflict => new { conflict.CustomDatabaseId, conflict.LegacyId }).IsUnique();
        builder.HasIndex(conflict => new { conflict.State, conflict.LastSeenAt });
        builder.HasIndex(conflict => conflict.NormalizedEmail);
        builder.HasIndex(conflict => conflict.NormalizedPhoneNumber);
        builder.HasIndex(conflict => conflict.NormalizedUserName);

        builder.HasOne<CustomDatabase>().WithMany().HasForeignKey(conflict => conflict.CustomDatabaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(conflict => conflict.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(conflict => conflict.EmailOwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(conflict => conflict.PhoneOwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(conflict => conflict.UserNameOwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(conflict => conflict.LegacyIdOwnerId).OnDelete(DeleteBehavior.SetNull);
    }
}
