using Authdog.Identity.Pages;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Where setting up lives.</summary>
internal static class SetupPaths
{
    public const string Start = PagePaths.Setup;
    public const string Provider = Start + "/provider";
    public const string Values = Start + "/values";
    public const string Metadata = Start + "/metadata";
    public const string File = Start + "/metadata-file";
    public const string Client = Start + "/client";
    public const string Domain = Start + "/domain";
    public const string Test = Start + "/test";
    public const string Live = Start + "/live";

    /// <summary>How many steps there are.</summary>
    public const int Steps = 6;
}
