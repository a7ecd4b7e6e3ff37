using MudBlazor;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>The look of the console: one accent on neutral greys, hairlines instead of shadows, the system's own fonts. Pairs of text and ground keep 4.5:1 in both palettes.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] s_fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f766e",
            PrimaryDarken = "#115e59",
            PrimaryLighten = "#0d9488",
            PrimaryContrastText = "#ffffff",
            Secondary = "#475569",
            Info = "#1d4ed8",
            Success = "#166534",
            Warning = "#a14608",
            Error = "#b91c1c",
            Background = "#f8f9f9",
            BackgroundGray = "#f1f3f3",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#171a1a",
            DrawerBackground = "#f8f9f9",
            DrawerText = "#3c4444",
            TextPrimary = "#171a1a",
            TextSecondary = "#576060",
            TextDisabled = "#8b9494",
            ActionDefault = "#576060",
            LinesDefault = "#e3e7e7",
            LinesInputs = "#c6cdcd",
            TableLines = "#e3e7e7",
            TableHover = "#f3f5f5",
            Divider = "#e3e7e7",
            Skeleton = "#e9eded",
            Dark = "#2b3131",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#2dd4bf",
            PrimaryDarken = "#14b8a6",
            PrimaryLighten = "#5eead4",
            PrimaryContrastText = "#04211d",
            Secondary = "#94a3b8",
            Info = "#93c5fd",
            Success = "#4ade80",
            Warning = "#fbbf24",
            Error = "#fca5a5",
            ErrorContrastText = "#3b0a0a",
            Background = "#0f1212",
            BackgroundGray = "#141818",
            Surface = "#161a1a",
            AppbarBackground = "#121616",
            AppbarText = "#e8ecec",
            DrawerBackground = "#0f1212",
            DrawerText = "#c3cbca",
            TextPrimary = "#e8ecec",
            TextSecondary = "#9eaaa8",
            TextDisabled = "#6b7674",
            ActionDefault = "#9eaaa8",
            LinesDefault = "#272d2d",
            LinesInputs = "#3d4645",
            TableLines = "#272d2d",
            TableHover = "#1b2020",
            Divider = "#272d2d",
            Skeleton = "#232929",
            Dark = "#e8ecec",
            DarkContrastText = "#171a1a",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Shadows = new Shadow
        {
            // Only what floats over the page (menus, dialogs, toasts) casts a shadow.
            Elevation = [.. Enumerable.Range(0, 26).Select(level => level < 8 ? "none" : "0 0 0 1px var(--mud-palette-lines-default), 0 12px 32px -8px rgb(0 0 0 / .28)")],
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = s_fonts, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = s_fonts, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = s_fonts, FontSize = ".8125rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = s_fonts, FontSize = ".8125rem", FontWeight = "550", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
            H6 = new H6Typography { FontFamily = s_fonts, FontSize = "1rem", FontWeight = "600", LetterSpacing = "-.005em" },
            Caption = new CaptionTypography { FontFamily = s_fonts, FontSize = ".75rem", LetterSpacing = "normal" },
        },
    };
}
