"""Japanese words of the built-in slot types: modest lists, which a model's expressions add to.

From the guides' built-in slot types.
"""

from __future__ import annotations

import re

from .numbers import SHORT

COUNTERS = (
    "枚 個 つ 人 名 本 杯 匹 頭 台 冊 回 曲 番 番目 皿 箱 袋 切れ 人前 歳 才 階 号 丁目 番地 点 件 組 "
    "セット 缶 膳 着 足 軒 羽 粒 玉 束 話 巻 週 年 月 日 時間 時 秒 ヶ月 か月 カ月 週間 日間 泊 席 位 度 "
    "分 ピース ページ パック ケース ケ 名様 人分 枚ずつ 個ずつ 号室 号線 チャンネル"
)
"""What is counted with."""

ORDINALS = re.compile(
    rf"第?{SHORT}(?:番目?|つ目|つめ|個目|回目|曲目|枚目|人目)|(?:ひと|ふた|みっ|よっ)つ目|最初|最後|初め"
)
"""Words that tell which one of several is meant."""

WORDS: dict[str, str] = {
    "CLOVA.RELATIVETIME": (
        "今 さっき 先ほど 後で あとで もうすぐ すぐ 最近 このごろ 今度 次回 前回 そのうち むかし"
    ),
    "CLOVA.OFFICIALDATE": (
        "元日 元旦 お正月 成人の日 建国記念の日 天皇誕生日 春分の日 昭和の日 憲法記念日 みどりの日 "
        "こどもの日 子供の日 海の日 山の日 敬老の日 秋分の日 スポーツの日 体育の日 文化の日 勤労感謝の日 "
        "クリスマス クリスマスイブ バレンタインデー ホワイトデー 大晦日 節分 ひな祭り 七夕 お盆 母の日 "
        "父の日 ハロウィン"
    ),
    "CLOVA.WORLD_COUNTRY": (
        "日本 韓国 北朝鮮 中国 台湾 香港 アメリカ 米国 イギリス 英国 フランス ドイツ イタリア スペイン "
        "ポルトガル ロシア カナダ オーストラリア ニュージーランド インド タイ ベトナム フィリピン "
        "インドネシア マレーシア シンガポール モンゴル トルコ ブラジル メキシコ アルゼンチン チリ ペルー "
        "エジプト 南アフリカ オランダ ベルギー スイス オーストリア スウェーデン ノルウェー フィンランド "
        "デンマーク ギリシャ ポーランド チェコ ハンガリー ウクライナ イスラエル サウジアラビア"
    ),
    "CLOVA.WORLD_CITY": (
        "ソウル 釜山 東京 大阪 京都 札幌 福岡 名古屋 横浜 神戸 仙台 広島 那覇 北京 上海 台北 バンコク "
        "ハノイ ホーチミン マニラ ジャカルタ クアラルンプール ニューヨーク ロサンゼルス サンフランシスコ "
        "シカゴ ワシントン ボストン シアトル ロンドン パリ ベルリン ミュンヘン ローマ ミラノ マドリード "
        "バルセロナ リスボン モスクワ トロント バンクーバー シドニー メルボルン デリー ムンバイ "
        "イスタンブール カイロ ドバイ アムステルダム ブリュッセル チューリッヒ ウィーン プラハ ブダペスト "
        "ホノルル"
    ),
    "CLOVA.JP_ADDRESS_KEN": (
        "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 "
        "神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 "
        "大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 "
        "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
    ),
}
"""The words of each type, by its name."""

ENDINGS: dict[str, str] = {
    "CLOVA.JP_ADDRESS_KEN": "[一-鿿]{1,3}[都道府県]",
    "CLOVA.JP_ADDRESS_SHI": "[一-鿿ぁ-ん]{1,6}市",
    "CLOVA.JP_ADDRESS_KU": "[一-鿿ぁ-ん]{1,4}区",
}
"""How the words of a type end, where the ending tells the type."""
