namespace AuthCluster.Http.Settings;

/// <summary>How far a mistyped name is from one that is known.</summary>
internal static class EditDistance
{
    /// <summary>Levenshtein: how many letters to add, leave out or replace, whatever their case.</summary>
    public static int Between(string a, string b)
    {
        var distances = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = distances[0];
            distances[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i]) == char.ToUpperInvariant(b[j]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = distances[j + 1];
                distances[j + 1] = Math.Min(replaced, Math.Min(diagonal, distances[j]) + 1);
            }
        }

        return distances[b.Length];
    }
}
