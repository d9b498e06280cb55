using System.Collections.Frozen;
using System.Net;

namespace Culprit.Knowledge;

/// <summary>
/// The part of a name that somebody registered: whatever lies below it is theirs. It has two labels, and three where countries register below the second
/// last one (<c>co.uk</c>, <c>edu.ng</c>). A full list of such endings is long and changes every week; those that are missing here make a name that many
/// share of one that few do.
/// </summary>
internal static class RegisteredDomains
{
    // Labels below which very many countries register, and which hardly anybody has elsewhere.
    private static readonly FrozenSet<string> Everywhere = Set("ac co com edu go gob gouv gov govt mil ne net nic or org");

    // What single countries have beside them.
    private static readonly FrozenSet<string> OfCountries = Set(
        "gv.at asn.au csiro.au id.au adv.br art.br blog.br def.br eco.br eng.br ind.br inf.br jus.br leg.br med.br mp.br tv.br of.by bj.cn gd.cn js.cn sh.cn zj.cn ed.cr fi.cr sa.cr "
        + "nom.es asso.fr idv.hk desa.id my.id sch.id web.id idf.il k12.il muni.il ernet.in firm.in gen.in ind.in res.in id.ir sch.ir ad.jp ed.jp gr.jp lg.jp me.ke sc.ke es.kr hs.kr "
        + "kg.kr ms.kr pe.kr re.kr sc.kr seoul.kr sch.lk sch.ng cri.nz geek.nz gen.nz health.nz iwi.nz maori.nz school.nz nom.pe fam.pk gok.pk gop.pk gos.pk biz.pl info.pl waw.pl in.rs "
        + "msk.ru spb.ru med.sa pub.sa sch.sa per.sg in.th mi.th av.tr bel.tr biz.tr dr.tr gen.tr info.tr k12.tr kep.tr pol.tr tsk.tr web.tr idv.tw dnipro.ua dp.ua in.ua kharkiv.ua "
        + "kharkov.ua kiev.ua kyiv.ua lviv.ua odesa.ua odessa.ua zp.ua ltd.uk me.uk mod.uk nhs.uk plc.uk police.uk sch.uk gub.uy law.za nom.za school.za sch.ae");

    /// <summary>
    /// The registered domain that a host's name is or lies below, in lower case. Empty for an address, a name of one label, what others register below, and
    /// names below services that give them to anybody.
    /// </summary>
    public static string Of(string host)
    {
        string name = host.TrimEnd('.').ToLowerInvariant();
        if (name.Length == 0 || IPAddress.TryParse(name, out _) || SharedServices.Of(name) is not null)
        {
            return "";
        }

        string[] labels = name.Split('.');
        int count = Count(labels);
        return labels.Length < count || Array.Exists(labels, static l => l.Length == 0) ? "" : string.Join('.', labels[^count..]);
    }

    /// <summary>The host of a domain or URL in the one form of indicators, which has no scheme: without port and path.</summary>
    public static string HostOf(string indicator) =>
        indicator.AsSpan().IndexOfAny('/', ':') is var end and >= 0 ? indicator[..end] : indicator;

    private static int Count(string[] labels)
    {
        if (labels.Length < 2 || labels[^1].Length != 2)
        {
            return 2;
        }

        // Schools, towns and offices of the United States stand below a place below a state.
        return labels[^1] == "us" && labels[^2].Length == 2 ? 4
            : Everywhere.Contains(labels[^2]) || OfCountries.Contains($"{labels[^2]}.{labels[^1]}") ? 3
            : 2;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
