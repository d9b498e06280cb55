namespace Culprit.Knowledge.Places;

/// <content>Code, names (the short one first, then those that the collections use), adjectives.</content>
internal static partial class CountryNames
{
    private const string Table = """
        AD|Andorra|Andorran
        AE|United Arab Emirates;UAE|Emirati
        AF|Afghanistan|Afghan
        AG|Antigua and Barbuda|Antiguan
        AL|Albania|Albanian
        AM|Armenia|Armenian
        AO|Angola|Angolan
        AR|Argentina|Argentine;Argentinian
        AT|Austria|Austrian
        AU|Australia|Australian
        AZ|Azerbaijan|Azerbaijani
        BA|Bosnia and Herzegovina;Bosnia|Bosnian
        BB|Barbados|Barbadian
        BD|Bangladesh|Bangladeshi
        BE|Belgium|Belgian
        BF|Burkina Faso|Burkinabe
        BG|Bulgaria|Bulgarian
        BH|Bahrain|Bahraini
        BI|Burundi|Burundian
        BJ|Benin|Beninese
        BN|Brunei;Brunei Darussalam|Bruneian
        BO|Bolivia;Bolivia (Plurinational State of)|Bolivian
        BR|Brazil|Brazilian
        BS|Bahamas;The Bahamas|Bahamian
        BT|Bhutan|Bhutanese
        BW|Botswana|
        BY|Belarus|Belarusian;Belorussian;Byelorussian
        BZ|Belize|Belizean
        CA|Canada|Canadian
        CD|Democratic Republic of the Congo;Congo (Democratic Republic of the);DR Congo|Congolese
        CF|Central African Republic|
        CG|Republic of the Congo;Congo|
        CH|Switzerland|Swiss
        CI|Côte d'Ivoire;Ivory Coast|Ivorian
        CL|Chile|Chilean
        CM|Cameroon|Cameroonian
        CN|China;People's Republic of China;People’s Republic of China;PRC|Chinese
        CO|Colombia|Colombian
        CR|Costa Rica|Costa Rican
        CU|Cuba|Cuban
        CV|Cape Verde;Cabo Verde|
        CY|Cyprus|Cypriot
        CZ|Czechia;Czech Republic|Czech
        DE|Germany|German
        DJ|Djibouti|Djiboutian
        DK|Denmark|Danish
        DO|Dominican Republic|
        DZ|Algeria|Algerian
        EC|Ecuador|Ecuadorian
        EE|Estonia|Estonian
        EG|Egypt|Egyptian
        ER|Eritrea|Eritrean
        ES|Spain|Spanish
        ET|Ethiopia|Ethiopian
        FI|Finland|Finnish
        FJ|Fiji|Fijian
        FR|France|French
        GA|Gabon|Gabonese
        GB|United Kingdom;UK;Great Britain;United Kingdom of Great Britain and Northern Ireland;England|British
        GE|Georgia|Georgian
        GH|Ghana|Ghanaian
        GM|Gambia|Gambian
        GN|Guinea|Guinean
        GQ|Equatorial Guinea|
        GR|Greece|Greek
        GT|Guatemala|Guatemalan
        GY|Guyana|Guyanese
        HK|Hong Kong|
        HN|Honduras|Honduran
        HR|Croatia|Croatian
        HT|Haiti|Haitian
        HU|Hungary|Hungarian
        ID|Indonesia|Indonesian
        IE|Ireland|Irish
        IL|Israel|Israeli
        IN|India|Indian
        IQ|Iraq|Iraqi
        IR|Iran;Iran (Islamic Republic of);Islamic Republic of Iran|Iranian
        IS|Iceland|Icelandic
        IT|Italy|Italian
        JM|Jamaica|Jamaican
        JO|Jordan|Jordanian
        JP|Japan|Japanese
        KE|Kenya|Kenyan
        KG|Kyrgyzstan|Kyrgyz
        KH|Cambodia|Cambodian
        KP|North Korea;Korea (Democratic People's Republic of);Democratic People's Republic of Korea;DPRK|North Korean
        KR|South Korea;Korea (Republic of);Republic of Korea;Korea|South Korean
        KW|Kuwait|Kuwaiti
        KZ|Kazakhstan|Kazakh;Kazakhstani
        LA|Laos;Lao People's Democratic Republic|Laotian
        LB|Lebanon|Lebanese
        LI|Liechtenstein|
        LK|Sri Lanka|Sri Lankan
        LR|Liberia|Liberian
        LS|Lesotho|
        LT|Lithuania|Lithuanian
        LU|Luxembourg|
        LV|Latvia|Latvian
        LY|Libya|Libyan
        MA|Morocco|Moroccan
        MC|Monaco|
        MD|Moldova;Republic of Moldova;Moldova (Republic of)|Moldovan
        ME|Montenegro|Montenegrin
        MG|Madagascar|Malagasy
        MK|North Macedonia;Macedonia|Macedonian
        ML|Mali|Malian
        MM|Myanmar;Burma|Burmese
        MN|Mongolia|Mongolian
        MO|Macao;Macau|
        MR|Mauritania|Mauritanian
        MT|Malta|Maltese
        MU|Mauritius|Mauritian
        MV|Maldives|Maldivian
        MW|Malawi|Malawian
        MX|Mexico|Mexican
        MY|Malaysia|Malaysian
        MZ|Mozambique|Mozambican
        NA|Namibia|Namibian
        NE|Niger|
        NG|Nigeria|Nigerian
        NI|Nicaragua|Nicaraguan
        NL|Netherlands;The Netherlands|Dutch
        NO|Norway|Norwegian
        NP|Nepal|Nepalese;Nepali
        NZ|New Zealand|
        OM|Oman|Omani
        PA|Panama|Panamanian
        PE|Peru|Peruvian
        PG|Papua New Guinea|
        PH|Philippines;The Philippines|Filipino;Philippine
        PK|Pakistan|Pakistani
        PL|Poland|Polish
        PR|Puerto Rico|
        PS|Palestine;Palestinian Territories;Palestine, State of;Palestinian Authority;Gaza;Gaza Strip|Palestinian
        PT|Portugal|Portuguese
        PY|Paraguay|Paraguayan
        QA|Qatar|Qatari
        RO|Romania|Romanian
        RS|Serbia|Serbian
        RU|Russia;Russian Federation|Russian
        RW|Rwanda|Rwandan
        SA|Saudi Arabia|Saudi;Saudi Arabian
        SB|Solomon Islands|
        SC|Seychelles|
        SD|Sudan|Sudanese
        SE|Sweden|Swedish
        SG|Singapore|Singaporean
        SI|Slovenia|Slovenian
        SK|Slovakia|Slovak
        SL|Sierra Leone|
        SN|Senegal|Senegalese
        SO|Somalia|Somali
        SR|Suriname|
        SS|South Sudan|
        SV|El Salvador|Salvadoran
        SY|Syria;Syrian Arab Republic|Syrian
        SZ|Eswatini;Swaziland|
        TD|Chad|Chadian
        TG|Togo|Togolese
        TH|Thailand|Thai
        TJ|Tajikistan|Tajik
        TL|Timor-Leste;East Timor|
        TM|Turkmenistan|Turkmen
        TN|Tunisia|Tunisian
        TO|Tonga|Tongan
        TR|Turkey;Türkiye|Turkish
        TT|Trinidad and Tobago|
        TW|Taiwan;Taiwan (Province of China);Taiwan, Province of China|Taiwanese
        TZ|Tanzania|Tanzanian
        UA|Ukraine|Ukrainian
        UG|Uganda|Ugandan
        US|United States;United States of America;USA;U.S.;United States (US)|American
        UY|Uruguay|Uruguayan
        UZ|Uzbekistan|Uzbek
        VA|Vatican City;Vatican;Holy See|
        VE|Venezuela;Venezuela (Bolivarian Republic of)|Venezuelan
        VN|Vietnam;Viet Nam|Vietnamese
        VU|Vanuatu|
        WS|Samoa|Samoan
        XK|Kosovo|Kosovar
        YE|Yemen|Yemeni
        ZA|South Africa|South African
        ZM|Zambia|Zambian
        ZW|Zimbabwe|Zimbabwean
        """;
}
