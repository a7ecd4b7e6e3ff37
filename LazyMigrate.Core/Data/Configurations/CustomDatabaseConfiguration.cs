using System.Text.Json;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class CustomDatabaseConfiguration : IEntityTypeConfiguration<CustomDatabase>
{
    public void Configure(EntityTypeBuilder<CustomDatabase> builder)
    {
        builder.ToTable("CustomDatabases");
        builder.Property(database => database.Name).HasMaxLength(CustomDatabase.NameLength);
        builder.Property(database => database.Type).HasConversion<string>().HasMaxLength(20);
        builder.Property(database => database.Mode).HasConversion<string>().HasMaxLength(20);
        builder.Property(database => database.ProvisionedHash).HasMaxLength(64);
        builder.Property(database => database.ConcurrencyStamp).IsConcurrencyToken();
        builder.PrimitiveCollection(database => database.AllowedHosts);
        builder.Property(database => database.AllowedRoles)
            .HasColumnName("AllowedRolesJson")
            .HasDefaultValueSql("'[]'")
            .HasConversion(
                roles => JsonSerializer.Serialize(roles, (JsonSerializerOptions?)null),
                json => JsonSerializer.Deserialize<List<RoleMapping>>(json, (JsonSerializerOptions?)null)!,
                new ValueComparer<IReadOnlyList<RoleMapping>>(
                    (one, other) => one!.SequenceEqual(other!),
                    roles => roles.Count,
                    roles => roles.ToList()));
        builder.HasMany(database => database.Scripts).WithOne().HasForeignKey(script => script.CustomDatabaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
