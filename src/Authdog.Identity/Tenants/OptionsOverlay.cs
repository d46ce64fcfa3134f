using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tenants;

/// <summary>Lays what a tenant has set for itself over the gateway's options. Made once for each version of a tenant; a tenant that has set nothing shares the global instance.</summary>
/// <typeparam name="TOptions">An options class with <see cref="PerTenantAttribute"/> on some properties.</typeparam>
public sealed class OptionsOverlay<TOptions> : TenantSection
    where TOptions : class, new()
{
    private readonly IOptions<TOptions> _global;
    private readonly IConfigureOptions<TOptions>[] _configures;
    private readonly IPostConfigureOptions<TOptions>[] _postConfigures;
    private readonly IValidateOptions<TOptions>[] _validators;

    internal OptionsOverlay(
        string section,
        IOptions<TOptions> global,
        IEnumerable<IConfigureOptions<TOptions>> configures,
        IEnumerable<IPostConfigureOptions<TOptions>> postConfigures,
        IEnumerable<IValidateOptions<TOptions>> validators)
        : base(section, typeof(TOptions))
    {
        _global = global;
        _configures = [.. configures];
        _postConfigures = [.. postConfigures];
        _validators = [.. validators.Where(static validator => !validator.GetType().IsDefined(typeof(GatewayOnlyAttribute), inherit: false))];
    }

    /// <summary>The options as they are for a tenant; the gateway's own for none.</summary>
    /// <exception cref="OptionsValidationException">What the tenant set was right when it was written and no longer fits the gateway's own settings.</exception>
    public TOptions For(TenantRecord? tenant) =>
        tenant is null ? _global.Value : tenant.Once(this, static (overlay, record) => overlay.Make(record.Settings));

    /// <summary>The options as they are for a request; the gateway's own while its tenant is not known.</summary>
    public TOptions For(HttpContext context) => For(context.Features.Get<TenantFeature>()?.Record);

    /// <summary>The options as they would be with some settings.</summary>
    internal TOptions With(TenantSettings settings) => Make(settings);

    internal override IEnumerable<string> Judge(TenantSettings settings)
    {
        try
        {
            Make(settings);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    private TOptions Make(TenantSettings settings)
    {
        var own = settings.Of(Name).Where(setting => PerTenant(setting.Property) is not null).ToList();
        if (own.Count == 0)
        {
            return _global.Value;
        }

        var overlay = new ConfigureOptions<TOptions>(options =>
        {
            // The binder adds to what a list holds; the tenant's own list stands instead of the gateway's.
            foreach (var setting in own)
            {
                ClearList(options, setting.Path.Split(':'));
            }

            new ConfigurationBuilder().AddInMemoryCollection(own.Select(setting => KeyValuePair.Create(setting.Path, setting.Value))).Build().Bind(options);
        });
        return new OptionsFactory<TOptions>([.. _configures, overlay], _postConfigures, _validators).Create(Options.DefaultName);
    }

    private static void ClearList(object? at, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            at = at switch
            {
                IDictionary entries => entries.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key ? entries[key] : null,
                IList or string or null => at,
                _ => at.GetType().GetProperty(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)?.GetValue(at),
            };
        }

        if (at is IList { IsFixedSize: false } list)
        {
            list.Clear();
        }
    }
}
