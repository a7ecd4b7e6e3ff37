using LazyMigrate.Core.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("OutboxMessages");
        builder.Property(message => message.Kind).HasMaxLength(OutboxMessage.KindLength);
        builder.Property(message => message.SubjectName).HasMaxLength(OutboxMessage.SubjectLength);
        builder.Property(message => message.LastReason).HasMaxLength(OutboxMessage.ReasonLength);
        builder.HasIndex(message => new { message.GivenUpAt, message.DueAt });
    }
}
