"""Words of the built-in slot types whose values are words: modest lists, which a model's expressions add to.

From the guides' built-in slot types.
"""

from __future__ import annotations

from .unit_tables import CURRENCIES, UNITS

RELATIVE_TIMES = (
    "지금 방금 아까 조금전 조금뒤 잠시후 잠시뒤 이따가 이따 나중에 곧 금방 요즘 최근 당장 바로 옛날 "
    "今 さっき 先ほど 後で あとで もうすぐ すぐ 最近 このごろ 今度 次回 前回 そのうち むかし "
    "now soon later recently just_now right_now"
)

OFFICIAL_DATES = (
    "설날 설 구정 신정 추석 한가위 삼일절 어린이날 현충일 제헌절 광복절 개천절 한글날 크리스마스 성탄절 "
    "부처님오신날 석가탄신일 어버이날 "
    "스승의날 발렌타인데이 화이트데이 식목일 근로자의날 정월대보름 "
    "元日 元旦 お正月 成人の日 建国記念の日 天皇誕生日 春分の日 昭和の日 憲法記念日 みどりの日 "
    "こどもの日 子供の日 海の日 山の日 敬老の日 "
    "秋分の日 スポーツの日 体育の日 文化の日 勤労感謝の日 クリスマス クリスマスイブ バレンタインデー "
    "ホワイトデー 大晦日 節分 ひな祭り 七夕 お盆 母の日 "
    "父の日 ハロウィン christmas new_year's_day halloween valentine's_day thanksgiving easter"
)

COUNTRIES = (
    "한국 대한민국 북한 일본 중국 대만 홍콩 미국 영국 프랑스 독일 이탈리아 스페인 포르투갈 러시아 캐나다 "
    "호주 뉴질랜드 인도 태국 베트남 필리핀 "
    "인도네시아 말레이시아 싱가포르 몽골 터키 튀르키예 브라질 멕시코 아르헨티나 칠레 페루 이집트 남아공 "
    "네덜란드 벨기에 스위스 오스트리아 스웨덴 "
    "노르웨이 핀란드 덴마크 그리스 폴란드 체코 헝가리 우크라이나 이스라엘 사우디아라비아 "
    "日本 韓国 北朝鮮 中国 台湾 香港 アメリカ 米国 イギリス 英国 フランス ドイツ イタリア スペイン "
    "ポルトガル ロシア カナダ オーストラリア "
    "ニュージーランド インド タイ ベトナム フィリピン インドネシア マレーシア シンガポール モンゴル "
    "トルコ ブラジル メキシコ アルゼンチン チリ ペルー "
    "エジプト 南アフリカ オランダ ベルギー スイス オーストリア スウェーデン ノルウェー フィンランド "
    "デンマーク ギリシャ ポーランド チェコ ハンガリー "
    "ウクライナ イスラエル サウジアラビア "
    "korea japan china taiwan america usa england france germany italy spain portugal russia canada "
    "australia india "
    "thailand vietnam brazil mexico egypt netherlands switzerland sweden norway finland denmark greece"
)

CITIES = (
    "서울 부산 대구 인천 광주 대전 울산 세종 수원 제주 강릉 전주 경주 도쿄 동경 오사카 교토 삿포로 "
    "후쿠오카 나고야 요코하마 베이징 북경 상하이 상해 "
    "타이베이 방콕 하노이 호치민 다낭 마닐라 자카르타 쿠알라룸푸르 뉴욕 로스앤젤레스 엘에이 샌프란시스코 "
    "시카고 워싱턴 보스턴 시애틀 런던 파리 베를린 "
    "뮌헨 로마 밀라노 마드리드 바르셀로나 리스본 모스크바 토론토 밴쿠버 시드니 멜버른 델리 뭄바이 "
    "이스탄불 카이로 두바이 암스테르담 브뤼셀 취리히 빈 "
    "프라하 부다페스트 "
    "ソウル 釜山 東京 大阪 京都 札幌 福岡 名古屋 横浜 神戸 仙台 広島 那覇 北京 上海 台北 バンコク ハノイ "
    "ホーチミン マニラ ジャカルタ "
    "クアラルンプール ニューヨーク ロサンゼルス サンフランシスコ シカゴ ワシントン ボストン シアトル "
    "ロンドン パリ ベルリン ミュンヘン ローマ ミラノ "
    "マドリード バルセロナ リスボン モスクワ トロント バンクーバー シドニー メルボルン デリー ムンバイ "
    "イスタンブール カイロ ドバイ アムステルダム "
    "ブリュッセル チューリッヒ ウィーン プラハ ブダペスト ホノルル "
    "seoul busan tokyo osaka kyoto beijing shanghai taipei bangkok new_york los_angeles san_francisco "
    "chicago london "
    "paris berlin rome milan madrid barcelona moscow toronto vancouver sydney melbourne"
)

PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 "
    "新潟県 富山県 石川県 福井県 山梨県 "
    "長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 "
    "広島県 山口県 徳島県 香川県 愛媛県 "
    "高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)

PROVINCES = (
    "서울 서울시 서울특별시 부산 부산광역시 대구 인천 광주 대전 울산 세종 경기도 강원도 충청북도 충북 "
    "충청남도 충남 전라북도 전북 전라남도 전남 "
    "경상북도 경북 경상남도 경남 제주도 제주"
)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in words.split())


WORDS: dict[str, tuple[str, ...]] = {
    "CLOVA.RELATIVETIME": _split(RELATIVE_TIMES),
    "CLOVA.OFFICIALDATE": _split(OFFICIAL_DATES),
    "CLOVA.WORLD_COUNTRY": _split(COUNTRIES),
    "CLOVA.WORLD_CITY": _split(CITIES),
    "CLOVA.JP_ADDRESS_KEN": _split(PREFECTURES),
    "CLOVA.UNIT": tuple(word for table in UNITS.values() for word in table),
    **{f"CLOVA.UNIT_{name}": tuple(table) for name, table in UNITS.items()},
    "CLOVA.CURRENCY": tuple(CURRENCIES),
}
"""The words of each type, by its name."""

ENDINGS: dict[str, str] = {
    "CLOVA.JP_ADDRESS_KEN": "[一-鿿]{1,3}[都道府県]",
    "CLOVA.JP_ADDRESS_SHI": "[一-鿿ぁ-ん]{1,6}市",
    "CLOVA.JP_ADDRESS_KU": "[一-鿿ぁ-ん]{1,4}区",
    "CLOVA.KO_ADDRESS_": "[가-힣]{1,5}(?:특별시|광역시|특별자치시|도|시|군|구|읍|면|동|리|로|길)",
}
"""How the words of a type end, where the ending tells the type."""
