using System.Globalization;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Admission;

/// <summary>Shows somebody their place in the line and lets them in when it is their turn. The page asks again by itself, without a script; a program gets the same as JSON.</summary>
internal sealed class WaitingRoom(AdmissionGate gate, Tickets tickets, PageRenderer pages, ErrorPages errors)
{
    public const string Path = PagePaths.Prefix + "/wait";

    // What a form posted that its page's address needs.
    private static readonly string[] s_thread = ["flow", "token", "return"];

    /// <summary>Whether there is a line at all.</summary>
    public bool IsOpen => gate.IsEnabled;

    /// <summary>Puts the request in line.</summary>
    /// <param name="context">The request that finds no room.</param>
    /// <param name="back">Where it goes on once it is let in; null: the page whose form it posted.</param>
    /// <param name="other">Where one can go on without waiting; null when one cannot.</param>
    public async Task<IResult> JoinAsync(HttpContext context, string? back = null, string? other = null) =>
        await gate.JoinAsync(context, back ?? AddressOf(context.Request), context.RequestAborted) is var (ticket, line)
            ? Wait(context, ticket, line, other)
            : errors.Page(context, ErrorKind.TooManyRequests, retryAfter: TimeSpan.FromMinutes(1));

    /// <summary>Asks again with a ticket.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (tickets.Find(context) is not { } ticket)
        {
            return new SeeOther(PagePaths.Login);
        }

        var line = await gate.AskAsync(ticket.Number, context.RequestAborted);
        if (line.Position > 0)
        {
            return Wait(context, ticket with { Number = line.Number }, line, other: null);
        }

        tickets.Admit(context, ticket);
        context.Response.Headers.CacheControl = "no-store";
        return IsProgram(context.Request)
            ? TypedResults.Ok(new AdmissionAnswer(true, 0, 0, null))
            : new SeeOther(ticket.Back);
    }

    private IResult Wait(HttpContext context, Ticket ticket, Line line, string? other)
    {
        var estimate = gate.Estimate(line.Position);
        var again = (int)Math.Clamp(estimate.TotalSeconds / 3, 3, 20);
        var sealedTicket = tickets.Seal(ticket);
        context.Response.Headers.RetryAfter = again.ToString(CultureInfo.InvariantCulture);
        if (IsProgram(context.Request))
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(new AdmissionAnswer(false, line.Position, (int)estimate.TotalSeconds, sealedTicket), statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        tickets.Hand(context, sealedTicket);
        context.Response.Headers["Refresh"] = string.Create(CultureInfo.InvariantCulture, $"{again}; url={Path}");
        return pages.Page<WaitingPage>(context, StatusCodes.Status503ServiceUnavailable, ("Position", line.Position), ("Estimate", estimate), ("Other", other));
    }

    private static bool IsProgram(HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString();
        return accepted.Contains("json", StringComparison.OrdinalIgnoreCase) && !accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    private static string AddressOf(HttpRequest request)
    {
        var form = request.HasFormContentType ? request.Form : null;
        var query = new QueryBuilder();
        foreach (var name in s_thread)
        {
            if ((form?[name].ToString() is { Length: > 0 } posted ? posted : request.Query[name].ToString()) is { Length: > 0 and <= 1024 } value)
            {
                query.Add(name, value);
            }
        }

        return request.Path + query.ToString();
    }
}
