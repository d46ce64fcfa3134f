using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Access.Resume;
using Authdog.Gateway.Access.Treatments;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthorization();
        services.AddSingleton<AccessAudit>();
        services.AddSingleton<SubjectCache>();
        services.AddSingleton<IAuthorizationPolicyProvider, CatalogPolicyProvider>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResultHandler>();

        services.AddOptions<GeoOptions>()
            .Bind(configuration.GetSection(GeoOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GeoOptions>, GeoOptions.Validator>();
        services.AddSingleton<GeoDatabases>();
        services.AddHostedService<GeoWatch>();
        services.Replace(ServiceDescriptor.Singleton(static provider => new SignInPlaces(provider.GetRequiredService<GeoDatabases>().SignInPlace)));
        services.Replace(ServiceDescriptor.Singleton(static provider => new ClientPlaces(provider.GetRequiredService<GeoDatabases>().Place)));

        services.AddOptions<RecordingOptions>()
            .Bind(configuration.GetSection(RecordingOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptions.Validator>();
        services.AddSingleton<DecisionRecorder>();
        services.AddSingleton<DecisionSeal>();
        services.AddSingleton<DecisionFiles>();
        services.AddSingleton<DecisionArchive>();
        services.AddHostedService<DecisionWriter>();

        // Not bound strictly: the section has parts of other features.
        services.AddOptions<TreatmentOptions>().Bind(configuration.GetSection(TreatmentOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TreatmentOptions>, TreatmentOptions.Validator>();
        services.AddSingleton<NamedTreatments>();

        services.AddOptions<KeptRequestOptions>()
            .Bind(configuration.GetSection(KeptRequestOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeptRequestOptions>, KeptRequestOptions.Validator>();
        services.AddSingleton<KeptRequestStore>();
        services.AddSingleton<RequestKeeper>();
        services.AddSingleton<ResumeCookie>();
        services.AddSingleton<ResumeCeremony>();
        return services;
    }
}
