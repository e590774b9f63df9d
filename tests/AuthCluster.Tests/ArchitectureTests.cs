using System.Reflection;
using System.Runtime.InteropServices;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using Xunit;

namespace AuthCluster.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_rules_reference_nothing_but_the_base_library_and_those_of_cryptography_and_passwords() => Assert.All(
        References(typeof(AccountState).Assembly),
        name => Assert.True(
            IsBaseLibrary(name)
            || name.StartsWith("Microsoft.IdentityModel.", StringComparison.Ordinal)
            || name is "NSec.Cryptography" or "BouncyCastle.Cryptography" or "zxcvbn-core",
            name));

    [Fact]
    public void Leases_reference_nothing_but_the_rules_and_the_base_library() => Assert.All(
        References(typeof(Lender).Assembly), name => Assert.True(IsBaseLibrary(name) || name == "AuthCluster", name));

    [Fact]
    public void The_front_door_knows_no_storage_and_no_host() => Assert.DoesNotContain(
        References(Assembly.Load("AuthCluster.Http")),
        name => new[] { "SQLite", "Orleans", "AuthCluster.EmbeddedHost" }.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void The_client_library_knows_the_server_by_http_alone() => Assert.DoesNotContain(
        References(Assembly.Load("AuthCluster.Client")), name => name.StartsWith("AuthCluster", StringComparison.Ordinal));

    [Fact]
    public void The_map_names_every_room()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "AuthCluster.sln")))
            root = root.Parent!;
        var map = File.ReadAllText(Path.Combine(root.FullName, "ARCHITECTURE.md"));

        var rooms = from project in Directory.GetDirectories(Path.Combine(root.FullName, "src"))
                    from room in Directory.GetDirectories(project)
                    where Directory.EnumerateFiles(room, "*.cs").Any() && Path.GetFileName(room) is not ("bin" or "obj")
                    select $"`src/{Path.GetFileName(project)}/{Path.GetFileName(room)}`";

        Assert.DoesNotContain(rooms, room => !map.Contains(room, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static bool IsBaseLibrary(string name) => File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"));
}
