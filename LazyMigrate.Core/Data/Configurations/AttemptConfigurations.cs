using LazyMigrate.Core.Users.Attempts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class AttemptCountConfiguration : IEntityTypeConfiguration<AttemptCount>
{
    public void Configure(EntityTypeBuilder<AttemptCount> builder)
    {
        builder.ToTable("AttemptCounts");
        builder.HasKey(count => count.Key);
        builder.Property(count => count.Key).HasMaxLength(AttemptCount.KeyLength);

        // Rows that are over are deleted in the index's order, by all nodes: two that do it at once cannot lock each other out.
        builder.HasIndex(count => count.EndsAt);
    }
}

internal sealed class StoredKeyConfiguration : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.ToTable("StoredKeys");
        builder.HasKey(key => key.Name);
        builder.Property(key => key.Name).HasMaxLength(StoredKey.NameLength);
    }
}
