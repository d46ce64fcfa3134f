namespace Authdog.Identity.Admission;

/// <summary>This request has waited in line and been let in.</summary>
internal sealed class AdmittedFeature;
