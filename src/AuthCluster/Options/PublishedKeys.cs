using System.Collections.Frozen;
using System.Security.Cryptography;

namespace AuthCluster.Options;

/// <summary>
/// Keys that look random but stand in tutorials and repositories (github.com/wallarm/jwt-secrets, MIT), in every reading of at least 32 bytes:
/// base64, base64url and hexadecimal. An attacker tries these first.
/// </summary>
internal static class PublishedKeys
{
    private const int PrintSize = 6;

    /// <summary>The first bytes of the SHA-256 of each, so that the keys themselves are not spread further.</summary>
    private const string Prints = """
        ADXM8lFvAiMCBVONAm1BWlQAA1xVn+ztA76LryoEBGf4iOjZBMuiG+ZIBQCkVmtoBQnpHu2jBcBOmTkoBdGXefEjBfhdXd8FBnHmzD02BqMW3WkXBtXv68UMBuxdzfQ8
        B5k9wWrECFUl2RTtCGz+f1NpCRmskslaCVWG8tdoCYYdpE4iCYfaFlOYCeGbvtwDCev00dhhCm7QEa5WCo9LKUNPCsMRorSuCwCOpQqvC0dHTwcMC6tDz9erC8b2df0G
        C+qEji4DDHOXPAthDL8DagcUDjxb15JdDsphjOhADtgQf1VED59XNXedEEh7NUZTELe6EESOEhAN9sh0EnwADpnREofDAm7yEuaLC4IAE06/tntmE3v7FtYbE9MbP6GI
        FPo2g37kFrOqe5ljFyOMrT4BF41pR9KLGGsIyjAQGXHQ1cZhGlrRh2XhGl+CEdewGsNxTQFbGwRiWogyGyS6GMTqG1zYXKyvG1zbTvgoG5cSCSC8Ho9LPwd+HsNmh4oI
        H02lmneTH5SLNnUnH7B/j7tJH7I62aS9IBo7L7fQIN6oBzYLITCW0HgMIVS0GmxYIV3Zq5JyIY2jAOtkImEphQRoIt8ReMUcIwvbRbptIyr0rRQVJLuFFx04JOQRWTwd
        JPjKMdnoJSLS4MreJgeeOzTXJmzCK6ANJ2RU77bGKFLBN/tdKd+THOfxKjOUKtK8KlDVDPD4LIVLqeR6LKi5bPIZLLCpHktsLPSdbmJ6LWVqDQuoLW/GviE1L1CPVwuB
        L10aD08oL6PKyF1NMNwmf0vmMVX9dgN+MW0NKgFKMb7zKFBiMegXIuFlMfwEIZzqMjhLsVH9MnnoG/U9M7JfKzJuNNkjPhy7NabraheqN4vjZULvOOPRUMmcOOdML91C
        OQn9/uZ0OQ6CBwFaOZeGEoiNOgaN9L1CO12cepLxO3KfZiYQO7egy6eqO8NeRA+RPH6g7u19PO4wTVrdPR0n8TUyPSmoppMxPS2Wgs26PZygeCqXQGgb8YsLQZ0Lu9Ep
        QcNOqDfHQg74mvO5Qyfc02reQ54vqeo8Q/ukbHzNRB1Dze76RftI0haqRh7132UZRlCBj/x0RligTGWIRnA7HqqlRyu6h3CYR1fUquaoR5qzp0EtR72KhOsOR9vBX/Lx
        SYfpNlqOSYtXYeaxSijrIjKpSjzpoUCfSm+L+rppSuDqZvJPSu/ZrQ69TQ+N7EUVTheKvy25Tolz2NeNUAsZofueUHKe2G6XUKAg9fDgULAt2KkBUh8Hk3Q8UiowosGt
        VGgmDumiVf2/u7QvVjEf2MFeV1z4VkXXV9HTNRWFWAW+iNWjWYDGABHHWaYTwoTjWfZCMpFQWqcvb7BRWulrTVsAWyEHgSogW6OE4+mjW6VNaTMbW+5AuV3NXcz8Li3L
        Xzqq++a5X0ZdUhI2X3lPWVe9X7HYd6AoX9SqGRIZYHblY9P4YVLucFQ2YWI/6mm6Ya/T2IXRYfHaElONYs8dVex3YziJKwcJY+FnakVXZE1Qq2SGZPXDZNrkZSnezl21
        ZaQN1ws8ZbB5GHnnZtMu6NqxZuoZj4vXZwzpvmsCaAfcnccAaLjtblCsaTnWR8jQaYehOM13aaxydtvdaf2ADAXvay2fecKnazcH45fya9GHGFBpbHqNQqcSbPx1MEfy
        bTIcrCfKbi+MeoWjbjzJZy38bqYm2QVybqu6OC63b8hzV9wFb9PPdYCgcT2xkQrHcZYoMGHSclmE2wjPcobSyW26cuk/FAs+c//qb+LLdJqppOKbdSkTL5EXdapq75YQ
        df2VKbuFdhE09/xldj29k+oZdkmwFa+HeBFENYLWeDyPN2JUeJ30EKiteNbVo30meVLx5ryjewlkIyWYe52YKI4ZfEVZ8kEZfQFY8S26fynWDUiwgKGurdOBgZEgfEOQ
        ggCESeWZgqi3rDaNgrj5jkk0g4aBpGl4g9J1RTHHhHCOAF+QhKCrSgxShSFrmeJbhgJsOyjrhojHkv79hue2ebMYhwxyr42hiM7jFA3BiPO2jjuhiQrB4E68iY4W1R8d
        icQcJp5ricqLZFOwipIYll60iqGDZqN8i4Kro3r3jIY/WhayjQTZmCx5jT6y5rFFjYr03FLEjoc1+2BGjsVsa1IlkAXtiqqpkDQkIBR/kSMoevpjksb04hLQks1uHloK
        k729Kjx+k8966QkzlOHTNj7Elkwerwb4maGQY5jhmc2znxcHmixfm58pmt+BtfugmwtK/M4ym3ve8Hwmm6wQBqugm9nHk3vlnLEcF8VunPCYBZZfnYyzSuJkngDeSs/e
        nkEO1zhbnxKiHI+pnzXNjKHSn2rfU7omoCdXSAbroIxOqgdvoeIL74w6osDdsS5wosRxHD64o3Pnay6oo5eAnSwbpEjk91yPpGILaSorpXS5d1cKposhlxozp5G6B3NY
        p/2Tc2yHqBj8siITqEdlm6sqqHqbPIwPqJnGnic1qXPcN9OUqaz1VaF7qex4Q+oxqrWN1uRpqrb7LS5oqv/4Jni+q0XtIMl+q6Nj7Z4grEwk7K1WrPfyAxY3refv1SuK
        riAmdztRrtTT3JT+r4Vn0pUBr6RjOjsPr//roh6JsQ8gpP6QsegZhnV3sk2UYWg5sqeJNLHZsxArmCgPs5gD3ol/tApIkiBstHVXDPivtPuDmvZ4tSlhDoZOtWFtSkPe
        tbXdqO6rtsiM3thbt2wmNPWRuA68k9pNuBufVfChuLrsmGu/uVCXTGZuuWfEPhl6ucpMV90IuqGiCbpKurTDCcuxu0AT6ER6vAxGmfnnvJo0kOJavnZlDKUJv3lRQluZ
        v4SdnLWGwFPwi0kcwMcZjEKjwNep+WaewVMXFcNewf4VhJHgwiJMbFCrwn4S4OSowqWvhKPbwtdFa2Tywu913KXRwvBI3IiIwzWyGUAkw5ju0bRxw7tgMI/mw/EpA3tB
        xA9Yxet2xKJ+QsosxLV03/aUxd+m9HMixf0Aqvmixkk0CwTcxpqxGC+xxqxALjX2x75+o16Zx9h0oX3ZyAwL0g2MyBA1Lz1XyGJJ4VASyILR1Dr8yOzJNhoFyRG1SM5M
        yUuCTgU/yW7Dzv2kyjzkIp30y4eZKE4Iy5AGHWndzDJLfKa5zIPK/XlXzJepx+/4zRPyzpOezer5N4Ezzh9Wmrb2z/+wqa690BQAe/kM0HGPTl/T0HqUMiUc0T4n1LeX
        0VumEzsQ0Z79BtYE0fgT881m0v0cy39r0z5iivV204edKH2s05jYaCbq1DTNFPfJ1INgJJhg1dJqPwwY1diuZ/XF1tzVhNtw2BJH4HHH2KJua4pO2Kl5vtU62NPMhLZc
        2WOdF6dw2bjOkrGm2eIM0NOp2vnB4MvF2yK0tQpD21v6AlVD22FLDYM83MKvj8ad3P5yIqfh3YDjLt4U3nDBgYU/3w6dHTqW34cQgWwj38v3YOi64EPuTiZd4Zs3EA2N
        4fS1x7/i4gCkuEiG4giNxEMi4nX1x3II4os+c5Lx4rGDCVGd40Wa+ogK44phtNBK47LFKL2m5K/xAV0F5MqioOIp5NHP4wFU5gSJ68PG5k+rnpAP5lFrDqWX5yhU0/xI
        54afTkCA5/8b52Ab6MKnVCPi6NhwZPKx6cqJyuHU6kXCp/w+6nrp7G2J6u+FYIKB6xwJ2xVf615CoX1D62r5ZI8h6/IDpVZf7I2Zru8p7TSQbFwa7dlfJAjn7dwt4/nf
        7oS1Y9va7tJ1ZkmJ7unXPtTu7x7Wrx7X8EKPiU7P8FsQTuyI8JQj+oxv8RwoNzym8Xzz8aUa8ZnUhTIz8jKGx4dh8sK7RoNZ82rc3/4C83v7974x847BDsMA87+69yWU
        9EeDyrPw9MEK4eJL9WhyqF/Y9mvkFDRG98S8NAxK9+7Jwvi1+PKiy5P8+QW2NvCu+WZqLWFR+cCrTS8D+gkv4mtl+idn89hg+s1u8aQu+z4vrtF3/BXUABMs/FhdliZ0
        /NW8g3py/Znk7/t6/eZ3mpmG/twmPhoe/t99a4jP
        """;

    private static readonly FrozenSet<string> All = Convert.FromBase64String(Prints).Chunk(PrintSize).Select(Convert.ToHexString).ToFrozenSet();

    public static bool Contains(ReadOnlySpan<byte> key) => All.Contains(Convert.ToHexString(SHA256.HashData(key).AsSpan(0, PrintSize)));
}
