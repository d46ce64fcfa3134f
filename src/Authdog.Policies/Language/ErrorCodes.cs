namespace Authdog.Policies.Language;

/// <summary>The searchable codes of mistakes in policies. A code is never given another meaning.</summary>
internal static class ErrorCodes
{
    public const string Syntax = "AG2001";
    public const string Tab = "AG2002";
    public const string Feature = "AG2003";
    public const string SeveralDocuments = "AG2004";
    public const string EmptyFile = "AG2005";
    public const string TooLarge = "AG2006";
    public const string TooDeep = "AG2007";
    public const string NotUtf8 = "AG2008";
    public const string InvisibleCharacter = "AG2009";
    public const string CannotRead = "AG2010";
    public const string WrongPlace = "AG2011";
    public const string TooManyErrors = "AG2012";
    public const string KeepsChanging = "AG2013";

    public const string UnknownKey = "AG2101";
    public const string DuplicateKey = "AG2102";
    public const string WrongKind = "AG2103";
    public const string MissingKey = "AG2104";
    public const string MissingValue = "AG2105";
    public const string BadName = "AG2106";
    public const string DuplicatePolicy = "AG2107";
    public const string UnknownEffect = "AG2108";
    public const string DuplicateRule = "AG2109";
    public const string MisplacedRequirement = "AG2110";
    public const string PersonalCriterion = "AG2111";
    public const string MisplacedMessage = "AG2112";
    public const string ShadowAlone = "AG2113";
    public const string ConditionCycle = "AG2114";
    public const string ConditionTooLarge = "AG2115";
    public const string UnknownCondition = "AG2116";
    public const string ShadowInShadow = "AG2117";

    public const string BadPath = "AG2201";
    public const string BadMethod = "AG2202";
    public const string BadHost = "AG2203";
    public const string BadNetwork = "AG2204";
    public const string UnknownNetwork = "AG2205";
    public const string BadDuration = "AG2206";
    public const string BadAcr = "AG2207";
    public const string BadAmr = "AG2208";
    public const string BadEmail = "AG2209";
    public const string BadEmailDomain = "AG2210";
    public const string BadTenant = "AG2211";
    public const string BadNumber = "AG2212";
    public const string BadRange = "AG2213";
    public const string BadClaimName = "AG2214";
    public const string BadWord = "AG2215";
    public const string BadExpression = "AG2216";
    public const string BadHeaderName = "AG2217";
    public const string BadCountry = "AG2218";
    public const string BadAsn = "AG2219";
    public const string BadTime = "AG2220";
    public const string BadTimeZone = "AG2221";
    public const string BadThumbprint = "AG2222";
    public const string BadAaguid = "AG2223";
    public const string BadMessage = "AG2224";
    public const string BadLink = "AG2225";
    public const string BadTreatment = "AG2226";

    public const string UnknownPolicy = "AG2301";
    public const string BadExpectation = "AG2302";
    public const string BadFlag = "AG2303";
    public const string TestFails = "AG2304";

    public const string NeverDecides = "AG2401";
    public const string AlwaysRefused = "AG2402";
    public const string NeverHolds = "AG2403";
    public const string PublicBeneath = "AG2404";
    public const string LooseExpression = "AG2405";
    public const string SlowExpression = "AG2406";
    public const string UnknownRole = "AG2407";
    public const string UnknownTenant = "AG2408";
    public const string UnknownConnection = "AG2409";
    public const string UnknownTreatment = "AG2410";
    public const string UnknownRoute = "AG2411";
    public const string NeverReached = "AG2412";
}
