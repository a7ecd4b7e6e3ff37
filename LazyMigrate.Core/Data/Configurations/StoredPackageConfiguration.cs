using LazyMigrate.Core.CustomDatabases.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class StoredPackageConfiguration : IEntityTypeConfiguration<StoredPackage>
{
    public void Configure(EntityTypeBuilder<StoredPackage> builder)
    {
        builder.ToTable("ScriptPackages");
        builder.Property(package => package.Name).HasMaxLength(StoredPackage.NameLength);
        builder.Property(package => package.Version).HasMaxLength(StoredPackage.VersionLength);
        builder.Property(package => package.License).HasMaxLength(StoredPackage.LicenseLength);
        builder.Property(package => package.Integrity).HasMaxLength(StoredPackage.IntegrityLength);
        builder.HasIndex(package => new { package.Name, package.Version }).IsUnique();
    }
}
