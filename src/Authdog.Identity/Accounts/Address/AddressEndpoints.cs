using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts.Address;

/// <summary>Change of the e-mail address.</summary>
internal static class AddressEndpoints
{
    internal const string CodePath = AccountPaths.Email + "/code";
    internal const string ForgetPath = AccountPaths.Email + "/forget";

    public static void MapAddress(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Email, Show);
        endpoints.MapPost(AccountPaths.Email, Begin);
        endpoints.MapPost(CodePath, ConfirmByCode);
        endpoints.MapGet(AccountPaths.EmailLink, ShowLink);
        endpoints.MapPost(AccountPaths.EmailLink, ConfirmByLink);
        endpoints.MapPost(ForgetPath, Forget);
    }

    private static Task<IResult> Show(HttpContext context, AddressCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Begin(HttpContext context, AddressCeremony ceremony) => ceremony.BeginAsync(context);

    private static Task<IResult> ConfirmByCode(HttpContext context, AddressCeremony ceremony) => ceremony.ConfirmByCodeAsync(context);

    private static Task<IResult> ShowLink(HttpContext context, AddressCeremony ceremony) => ceremony.ShowLinkAsync(context);

    private static Task<IResult> ConfirmByLink(HttpContext context, AddressCeremony ceremony) => ceremony.ConfirmByLinkAsync(context);

    private static Task<IResult> Forget(HttpContext context, AddressCeremony ceremony) => ceremony.ForgetAsync(context);
}
