using LazyMigrate.Core.Activity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class ActivityEventConfiguration : IEntityTypeConfiguration<ActivityEvent>
{
    public void Configure(EntityTypeBuilder<ActivityEvent> builder)
    {
        builder.ToTable("ActivityEvents");
        builder.Property(item => item.Kind).HasMaxLength(64);
        builder.Property(item => item.ActorName).HasMaxLength(256);
        builder.Property(item => item.SubjectName).HasMaxLength(320);
        builder.Property(item => item.Address).HasMaxLength(64);
        builder.Property(item => item.Outcome).HasMaxLength(64);
        builder.Property(item => item.Detail).HasMaxLength(ActivityEvent.DetailLength);
        builder.Property(item => item.CorrelationId).HasMaxLength(64);
        builder.HasIndex(item => new { item.Day, item.Kind });
        builder.HasIndex(item => item.Time);
        builder.HasIndex(item => new { item.SubjectId, item.Time });
    }
}
