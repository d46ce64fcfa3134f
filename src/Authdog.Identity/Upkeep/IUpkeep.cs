namespace Authdog.Identity.Upkeep;

/// <summary>Work that a feature has to do from time to time for each tenant: throw away what is too old, finish what is due. Registered as a scoped service.</summary>
/// <remarks>Every node does it, at about the same time: it must do no harm twice.</remarks>
internal interface IUpkeep
{
    /// <summary>Does what is to be done now, for the scope's tenant.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
