using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class TombstoneConfiguration : IEntityTypeConfiguration<Tombstone>
{
    public void Configure(EntityTypeBuilder<Tombstone> builder)
    {
        builder.ToTable("Tombstones");
        builder.Property(stone => stone.NormalizedEmail).HasMaxLength(256);
        builder.Property(stone => stone.NormalizedPhoneNumber).HasMaxLength(16);
        builder.Property(stone => stone.NormalizedUserName).HasMaxLength(256);
        builder.Property(stone => stone.LegacyId).HasMaxLength(AppUser.LegacyIdLength);
        builder.HasIndex(stone => stone.NormalizedEmail);
        builder.HasIndex(stone => stone.NormalizedPhoneNumber);
        builder.HasIndex(stone => stone.NormalizedUserName);
        builder.HasIndex(stone => new { stone.CustomDatabaseId, stone.LegacyId });
        builder.HasIndex(stone => stone.DeletedAt);
    }
}
