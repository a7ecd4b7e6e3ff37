using LazyMigrate.Core.CustomDatabases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class ScriptTestCaseConfiguration : IEntityTypeConfiguration<ScriptTestCase>
{
    public void Configure(EntityTypeBuilder<ScriptTestCase> builder)
    {
        builder.ToTable("ScriptTestCases");
        builder.Property(item => item.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(item => item.Name).HasMaxLength(ScriptTestCase.NameLength);
        builder.Property(item => item.Identifier).HasMaxLength(ScriptTestCase.IdentifierLength);
        builder.Property(item => item.ExpectedOutcome).HasMaxLength(20);
        builder.HasIndex(item => new { item.CustomDatabaseId, item.Kind, item.Name }).IsUnique();

        // They belong to a kind of script, which can have cases before anything of it is stored.
        builder.HasOne<CustomDatabase>().WithMany().HasForeignKey(item => item.CustomDatabaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
