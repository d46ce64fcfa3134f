using Authdog.Gateway.Configuration;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Runs every options validator, before anything starts.</summary>
internal static class OptionsJudge
{
    /// <summary>What all of them say.</summary>
    public static IEnumerable<Mistake> Judge(GatewayConfiguration configuration, IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures.Select(configuration.Failure);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return exception.InnerExceptions.SelectMany(inner => ((OptionsValidationException)inner).Failures).Select(configuration.Failure);
        }
    }
}
