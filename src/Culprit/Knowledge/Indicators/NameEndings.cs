using System.Collections.Frozen;

namespace Culprit.Knowledge.Indicators;

/// <summary>What names on the internet end with, as far as names in other letters than ASCII's go.</summary>
internal static class NameEndings
{
    // Where names in other letters are registered. Of the thousand endings that exist those are left out that sell hardly any.
    private static readonly FrozenSet<string> Plain = Set(
        "com net org info biz name pro mobi asia tel coop aero travel jobs cat edu gov mil int xyz online site top club shop store app dev icu live life tech "
        + "space website cloud link click fun world today email news media agency digital network solutions systems services support center zone group team work "
        + "works company business global international vip win bid loan men date party review stream download trade science racing accountant faith cricket "
        + "webcam wang ren xin red blue pink black green gold rocks ninja guru expert academy school university education institute foundation charity health "
        + "care clinic dental fitness yoga holiday tours cruises flights restaurant bar cafe pizza wine beer kitchen recipes fashion shoes jewelry boutique "
        + "beauty hair makeup house homes properties estate land city town place host hosting page blog wiki forum chat social community family kids baby dog pet "
        + "art gallery photo photos pics photography pictures video film movie music band audio game games casino bet poker football soccer golf run bike car "
        + "cars auto parts taxi express delivery supply tools build builders construction engineering energy solar bank finance financial fund money cash credit "
        + "capital market markets trading insurance tax legal law lawyer attorney consulting management marketing sale discount promo deals cheap best cool plus "
        + "one love sexy sex adult porn dating gay lgbt wedding flowers gift gifts toys christmas church bible moscow tatar berlin wien koeln hamburg bayern ruhr "
        + "saarland tirol swiss paris brussels vlaanderen gent amsterdam frl london wales scot irish quebec nyc boston miami tokyo osaka kyoto nagoya yokohama "
        + "okinawa taipei istanbul ist africa capetown durban joburg sydney melbourne kiwi krd eus gal cymru bzh corsica zip mov sh lat ngo ong ltd llc inc gmbh");

    // Endings that are in other letters themselves, of countries and of words.
    private static readonly FrozenSet<string> Own = Set(
        "xn--11b4c3d xn--1ck2e1b xn--1qqw23a xn--2scrj9c xn--30rr7y xn--3bst00m xn--3ds443g xn--3e0b707e xn--3hcrj9c xn--3pxu8k xn--42c2d9a xn--45br5cyl "
        + "xn--45brj9c xn--45q11c xn--4dbrk0ce xn--4gbrim xn--54b7fta0cc xn--55qw42g xn--55qx5d xn--5su34j936bgsg xn--5tzm5g xn--6frz82g xn--6qq986b3xl "
        + "xn--80adxhks xn--80ao21a xn--80aqecdr1a xn--80asehdb xn--80aswg xn--8y0a063a xn--90a3ac xn--90ae xn--90ais xn--9dbq2a xn--9et52u xn--9krt00a "
        + "xn--b4w605ferd xn--bck1b9a5dre4c xn--c1avg xn--c2br7g xn--cck2b3b xn--cckwcxetd xn--cg4bki xn--clchc0ea0b2g2a9gcd xn--czr694b xn--czrs0t xn--czru2d "
        + "xn--d1acj3b xn--d1alf xn--e1a4c xn--eckvdtc9d xn--efvy88h xn--fct429k xn--fhbei xn--fiq228c5hs xn--fiq64b xn--fiqs8s xn--fiqz9s xn--fjq720a "
        + "xn--flw351e xn--fpcrj9c3d xn--fzc2c9e2c xn--fzys8d69uvgm xn--g2xx48c xn--gckr3f0f xn--gecrj9c xn--gk3at1e xn--h2breg3eve xn--h2brj9c xn--h2brj9c8c "
        + "xn--hxt814e xn--i1b6b1a6a2e xn--imr513n xn--io0a7i xn--j1aef xn--j1amh xn--j6w193g xn--jlq480n2rg xn--jvr189m xn--kcrx77d1x4a xn--kprw13d xn--kpry57d "
        + "xn--kput3i xn--l1acc xn--lgbbat1ad8j xn--mgb2ddes xn--mgb9awbf xn--mgba3a3ejt xn--mgba3a4f16a xn--mgba3a4fra xn--mgba7c0bbn0a xn--mgbaakc7dvf "
        + "xn--mgbaam7a8h xn--mgbab2bd xn--mgbah1a3hjkrd xn--mgbai9a5eva00b xn--mgbai9azgqp6j xn--mgbayh7gpa xn--mgbbh1a xn--mgbbh1a71e xn--mgbc0a9azcg "
        + "xn--mgbca7dzdo xn--mgbcpq6gpa1a xn--mgberp4a5d4a87g xn--mgberp4a5d4ar xn--mgbgu82a xn--mgbi4ecexp xn--mgbpl2fh xn--mgbqly7c0a67fbc xn--mgbqly7cvafr "
        + "xn--mgbt3dhd xn--mgbtf8fl xn--mgbtx2b xn--mgbx4cd0ab xn--mix082f xn--mix891f xn--mk1bu44c xn--mxtq1m xn--ngbc5azd xn--ngbe9e0a xn--ngbrx xn--nnx388a "
        + "xn--node xn--nqv7f xn--nqv7fs00ema xn--nyqy26a xn--o3cw4h xn--ogbpf8fl xn--otu796d xn--p1acf xn--p1ai xn--pgbs0dh xn--pssy2u xn--q7ce6a xn--q9jyb4c "
        + "xn--qcka1pmc xn--qxa6a xn--qxam xn--rhqv96g xn--rovu88b xn--rvc1e0am3e xn--s9brj9c xn--ses554g xn--t60b56a xn--tckwe xn--tiq49xqyj xn--unup4y "
        + "xn--vermgensberater-ctb xn--vermgensberatung-pwb xn--vhquv xn--vuq861b xn--w4r85el8fhu5dnra xn--w4rs40l xn--wgbh1c xn--wgbl6a xn--xhq521b "
        + "xn--xkc2al3hye2a xn--xkc2dl3a5ee0h xn--y9a3aq xn--yfro4i67o xn--ygbi2ammx xn--zfr164b");

    /// <summary>
    /// Whether a name in other letters may end so. A file's name in other letters could have any ending, and as punycode no text would ever hold it.
    /// </summary>
    /// <param name="label">The last label, in lower case and in ASCII.</param>
    public static bool MayEndInOtherLetters(string label) => Own.Contains(label) || Plain.Contains(label)
        || (label.Length == 2 && !label.AsSpan().ContainsAnyExceptInRange('a', 'z'));

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
