namespace LazyMigrate.Core.Scripting;

/// <summary>Cuts text that a script made.</summary>
internal static class TextCut
{
    /// <summary>The text, or its beginning and an ellipsis; never half of a surrogate pair.</summary>
    public static string At(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
