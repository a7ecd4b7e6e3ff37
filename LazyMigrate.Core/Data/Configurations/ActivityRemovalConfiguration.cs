using LazyMigrate.Core.Activity.Chain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class ActivityRemovalConfiguration : IEntityTypeConfiguration<ActivityRemoval>
{
    public void Configure(EntityTypeBuilder<ActivityRemoval> builder)
    {
        builder.ToTable("ActivityRemovals");
        builder.HasKey(removal => removal.Number);
        builder.Property(removal => removal.Number).ValueGeneratedNever();
        builder.Property(removal => removal.EventMac).HasMaxLength(32);
        builder.Property(removal => removal.Mac).HasMaxLength(32);
    }
}
