namespace Culprit.Knowledge;

/// <summary>Indicators in words.</summary>
public static class IndicatorWords
{
    /// <summary>A kind, such as <c>address</c>.</summary>
    public static string Of(IndicatorKind kind) => kind switch
    {
        IndicatorKind.Address => "address",
        IndicatorKind.Domain => "domain",
        IndicatorKind.Url => "url",
        IndicatorKind.Hash => "hash",
        _ => "path",
    };

    /// <summary>A kind of shared infrastructure, such as <c>dynamic-dns</c>.</summary>
    public static string Of(SharedInfrastructure shared) => shared switch
    {
        SharedInfrastructure.DynamicDns => "dynamic-dns",
        SharedInfrastructure.Cloud => "cloud",
        SharedInfrastructure.UrlShortener => "url-shortener",
        SharedInfrastructure.FileHosting => "file-hosting",
        SharedInfrastructure.ContentDelivery => "content-delivery",
        SharedInfrastructure.Tunnel => "tunnel",
        SharedInfrastructure.Paste => "paste",
        _ => "web-hosting",
    };
}
