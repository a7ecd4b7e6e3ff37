using LazyMigrate.Core.Activity.Chain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class ActivityChainConfiguration : IEntityTypeConfiguration<ActivityChain>
{
    public void Configure(EntityTypeBuilder<ActivityChain> builder)
    {
        builder.ToTable("ActivityChain");
        builder.Property(chain => chain.Id).ValueGeneratedNever();
        builder.Property(chain => chain.HeadSeal).HasMaxLength(32);
        builder.Property(chain => chain.AnchorSeal).HasMaxLength(32);
        builder.Property(chain => chain.Mac).HasMaxLength(32);
    }
}
