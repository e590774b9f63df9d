using System.Runtime.InteropServices;
using Xunit;

namespace AuthCluster.Tests.Passwords;

/// <summary>A theory that needs a library of the system; without it, it is counted as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InstalledTheoryAttribute : TheoryAttribute
{
    public InstalledTheoryAttribute(string library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
            Skip = $"{library} is not installed.";
    }
}

/// <summary>A fact that needs a library of the system; without it, it is counted as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InstalledFactAttribute : FactAttribute
{
    public InstalledFactAttribute(string library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
            Skip = $"{library} is not installed.";
    }
}
