using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LazyMigrate.Core.Data.Configurations;

internal sealed class TotpFactorConfiguration : IEntityTypeConfiguration<TotpFactor>
{
    public void Configure(EntityTypeBuilder<TotpFactor> builder)
    {
        builder.ToTable("TotpFactors");
        builder.HasKey(factor => factor.UserId);
        builder.Property(factor => factor.UserId).ValueGeneratedNever();
        builder.HasOne<AppUser>().WithOne().HasForeignKey<TotpFactor>(factor => factor.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
