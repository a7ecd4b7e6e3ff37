using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Admin;
using LazyMigrate.Web.Components.Admin.Users;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class UsersQueryTests
{
    [Fact]
    public void Users_Default_HasNoQueryString() => Assert.Equal("/admin/users", AdminUrls.Users(new UsersQuery()));

    [Fact]
    public void Users_EverythingSet_IsInTheAddress() => Assert.Equal(
        "/admin/users?q=a%26b&origin=Migrated&sort=Email&direction=asc&page=3",
        AdminUrls.Users(new UsersQuery("a&b", UserOrigin.Migrated, UserListOrder.Email, Ascending: true, Page: 3)));

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var query = new UsersQuery("ada", UserOrigin.Imported, UserListOrder.LastLoginAt, Ascending: false, Page: 2);
        var parts = query.ToParameters().ToDictionary(part => part.Key, part => part.Value);

        Assert.Equal(query, UsersQuery.Read(parts["q"], parts["origin"], parts["sort"], parts["direction"], parts["page"]));
    }

    [Theory]
    [InlineData(true, false, false, "must-change-password")]
    [InlineData(false, true, false, "second-factor")]
    [InlineData(true, true, true, "must-change-password,second-factor,disabled")]
    public void Only_WhatWasWritten_IsTheSame(bool mustChange, bool hasSecondFactor, bool isDisabled, string only)
    {
        var query = new UsersQuery(MustChange: mustChange, HasSecondFactor: hasSecondFactor, IsDisabled: isDisabled);

        Assert.Equal(new("only", only), Assert.Single(query.ToParameters()));
        Assert.Equal(query, UsersQuery.Read(null, null, null, null, null, only));
        Assert.True(query.IsFiltered);
    }

    [Theory]
    [InlineData("7", "9", "up", "-1")]
    [InlineData("nowhere", "colour", null, "x")]
    public void Read_Nonsense_IsTheDefault(string origin, string sort, string? direction, string page) =>
        Assert.Equal(new UsersQuery(), UsersQuery.Read(null, origin, sort, direction, page));

    [Fact]
    public void SortedBy_SameColumn_TurnsRound()
    {
        var once = new UsersQuery(Page: 4).SortedBy(UserListOrder.Email);

        Assert.Equal(new UsersQuery(Order: UserListOrder.Email, Ascending: true), once);
        Assert.Equal(new UsersQuery(Order: UserListOrder.Email, Ascending: false), once.SortedBy(UserListOrder.Email));
    }
}
