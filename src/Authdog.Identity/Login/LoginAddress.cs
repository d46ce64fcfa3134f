using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Login;

/// <summary>Addresses that keep a login's thread: the transaction's id, and the return target for when the transaction is over.</summary>
internal static class LoginAddress
{
    public static string Of(LoginFlow flow) => With(PagePaths.Login, flow);

    // One that is not written yet has nothing to pass on but its return target.
    public static string With(string path, LoginFlow flow) => path + (flow.IsWritten
        ? new QueryBuilder { { "flow", flow.Id }, { "return", flow.Transaction.Return } }
        : new QueryBuilder { { "return", flow.Transaction.Return } });

    public static string Start(string target) => target == ReturnUrl.Root.Value ? PagePaths.Login : PagePaths.Login + new QueryBuilder { { "return", target } };
}
