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
        builder.Property(item => item.Mac).HasMaxLength(32);
        builder.Property(item => item.Seal).HasMaxLength(32);
        builder.HasIndex(item => item.SealNumber).IsUnique();

        // What is still to be sealed: nearly always nothing.
        builder.HasIndex(item => item.Id).HasFilter("\"SealNumber\" IS NULL");
        builder.HasIndex(item => item.CorrelationId);
        builder.HasIndex(item => new { item.Kind, item.Time });
        builder.HasIndex(item => new { item.Day, item.Kind });
        builder.HasIndex(item => item.Time);
        builder.HasIndex(item => new { item.SubjectId, item.Time });

        // Most events have no actor: strangers log in.
        builder.HasIndex(item => new { item.ActorId, item.Time }).HasFilter("\"ActorId\" IS NOT NULL");
        builder.HasIndex(item => item.ActorName).HasFilter("\"ActorName\" IS NOT NULL");
        builder.HasIndex(item => item.SubjectName).HasFilter("\"SubjectName\" IS NOT NULL");
    }
}
