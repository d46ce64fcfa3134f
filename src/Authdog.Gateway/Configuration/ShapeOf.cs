using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace Authdog.Gateway.Configuration;

/// <summary>Reads the shape of a section from the class that it is bound to.</summary>
internal static class ShapeOf
{
    /// <summary>The shape of a type; <paramref name="except"/> are properties that the configuration does not set.</summary>
    public static SettingShape Type(Type type, params ReadOnlySpan<string> except)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object))
        {
            return SettingShape.Free.Instance;
        }

        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            // A set of flags may be a list of its members (YARP's HttpClient:SslProtocols).
            return type.IsEnum && type.IsDefined(typeof(FlagsAttribute))
                ? new SettingShape.List(new SettingShape.Value(type))
                : new SettingShape.Value(type);
        }

        return Item(type) is { } item ? item : Section(type, except);
    }

    private static SettingShape.Section Section(Type type, ReadOnlySpan<string> except)
    {
        var settings = new Dictionary<string, SettingShape>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var settable = property.SetMethod?.IsPublic == true || Item(property.PropertyType) is not null || !IsSimple(property.PropertyType);
            if (settable && property.GetIndexParameters().Length == 0 && !except.Contains(property.Name))
            {
                settings[property.Name] = Type(property.PropertyType);
            }
        }

        return SettingShape.Section.Of(settings);
    }

    private static bool IsSimple(Type type) => TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));

    private static SettingShape? Item(Type type)
    {
        if (type == typeof(string))
        {
            return null;
        }

        if (type.IsArray)
        {
            return new SettingShape.List(Type(type.GetElementType()!));
        }

        var interfaces = type.GetInterfaces().Append(type).Where(candidate => candidate.IsGenericType).ToList();
        var map = interfaces.Find(candidate => candidate.GetGenericTypeDefinition() is var definition
            && (definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>)));
        if (map is not null)
        {
            return new SettingShape.Map(Type(map.GetGenericArguments()[1]));
        }

        var list = interfaces.Find(candidate => candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return list is not null && typeof(IEnumerable).IsAssignableFrom(type)
            ? new SettingShape.List(Type(list.GetGenericArguments()[0]))
            : null;
    }
}
