using LazyMigrate.Core.CustomDatabases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class DatabaseScriptConfiguration : IEntityTypeConfiguration<DatabaseScript>
{
    public void Configure(EntityTypeBuilder<DatabaseScript> builder)
    {
        builder.ToTable("DatabaseScripts");
        builder.Property(script => script.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(script => script.DraftDialect).HasConversion<string>().HasMaxLength(20);
        builder.Property(script => script.DraftSavedBy).HasMaxLength(256);
        builder.Property(script => script.TestedHash).HasMaxLength(64);
        builder.Property(script => script.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(script => new { script.CustomDatabaseId, script.Kind }).IsUnique();
        builder.HasMany(script => script.Versions).WithOne().HasForeignKey(version => version.ScriptId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(script => script.PublishedVersion).WithMany().HasForeignKey(script => script.PublishedVersionId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ScriptVersionConfiguration : IEntityTypeConfiguration<ScriptVersion>
{
    public void Configure(EntityTypeBuilder<ScriptVersion> builder)
    {
        builder.ToTable("ScriptVersions");
        builder.Property(version => version.Dialect).HasConversion<string>().HasMaxLength(20);
        builder.Property(version => version.SourceHash).HasMaxLength(64);
        builder.Property(version => version.Author).HasMaxLength(256);
        builder.Property(version => version.Note).HasMaxLength(ScriptVersion.NoteLength);
        builder.HasIndex(version => new { version.ScriptId, version.Number }).IsUnique();
    }
}
