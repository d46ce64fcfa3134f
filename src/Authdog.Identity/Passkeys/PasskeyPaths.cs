using Authdog.Identity.Pages;

namespace Authdog.Identity.Passkeys;

/// <summary>Where the account's pages about passkeys live.</summary>
internal static class PasskeyPaths
{
    public const string List = PagePaths.Account + "/passkeys";
    public const string Add = List + "/add";
    public const string Offer = List + "/offer";
    public const string OfferLater = Offer + "/later";
    public const string One = List + "/{id:guid}";
    public const string OneRemove = One + "/remove";

    public static string Of(Guid id) => $"{List}/{id:D}";

    public static string RemovalOf(Guid id) => $"{List}/{id:D}/remove";
}
