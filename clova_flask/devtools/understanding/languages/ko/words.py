"""Korean words of the built-in slot types: modest lists, which a model's expressions add to.

From the guides' built-in slot types.
"""

from __future__ import annotations

import re

from .numbers import SHORT

COUNTERS = (
    "개 판 명 사람 분 살 잔 병 마리 권 대 장 곡 번 번째 송이 그릇 켤레 달 군데 가지 줄 인분 조각 박스 봉지 "
    "봉 세트 층 호 호실 회 차 편 채 벌 자루 통 캔 컵 접시 쪽 페이지 단 모 알 건 팀 점 위 등 단계 번지 학년 "
    "반 테이블 자리 년 주 주일 개월 월 일 시간 시 초 박 칸 판씩 개씩 조 묶음 다스 장씩 스푼 숟갈 곳 매 "
    "바퀴"
)
"""What is counted with."""

ORDINALS = re.compile(
    rf"(?:맨)?(?:첫|두|세|네)번째|(?:{SHORT})번째|(?:첫|둘|셋|넷)째|제?{SHORT}번|첫번|마지막|맨처음|처음|맨끝|맨뒤|맨앞"
)
"""Words that tell which one of several is meant."""

WORDS: dict[str, str] = {
    "CLOVA.RELATIVETIME": (
        "지금 방금 아까 조금전 조금뒤 잠시후 잠시뒤 이따가 이따 나중에 곧 금방 요즘 최근 당장 바로 옛날"
    ),
    "CLOVA.OFFICIALDATE": (
        "설날 설 구정 신정 추석 한가위 삼일절 어린이날 현충일 제헌절 광복절 개천절 한글날 크리스마스 "
        "성탄절 부처님오신날 석가탄신일 어버이날 스승의날 발렌타인데이 화이트데이 식목일 근로자의날 "
        "정월대보름"
    ),
    "CLOVA.WORLD_COUNTRY": (
        "한국 대한민국 북한 일본 중국 대만 홍콩 미국 영국 프랑스 독일 이탈리아 스페인 포르투갈 러시아 "
        "캐나다 호주 뉴질랜드 인도 태국 베트남 필리핀 인도네시아 말레이시아 싱가포르 몽골 터키 튀르키예 "
        "브라질 멕시코 아르헨티나 칠레 페루 이집트 남아공 네덜란드 벨기에 스위스 오스트리아 스웨덴 "
        "노르웨이 핀란드 덴마크 그리스 폴란드 체코 헝가리 우크라이나 이스라엘 사우디아라비아"
    ),
    "CLOVA.WORLD_CITY": (
        "서울 부산 대구 인천 광주 대전 울산 세종 수원 제주 강릉 전주 경주 도쿄 동경 오사카 교토 삿포로 "
        "후쿠오카 나고야 요코하마 베이징 북경 상하이 상해 타이베이 방콕 하노이 호치민 다낭 마닐라 자카르타 "
        "쿠알라룸푸르 뉴욕 로스앤젤레스 엘에이 샌프란시스코 시카고 워싱턴 보스턴 시애틀 런던 파리 베를린 "
        "뮌헨 로마 밀라노 마드리드 바르셀로나 리스본 모스크바 토론토 밴쿠버 시드니 멜버른 델리 뭄바이 "
        "이스탄불 카이로 두바이 암스테르담 브뤼셀 취리히 빈 프라하 부다페스트"
    ),
    "CLOVA.KO_ADDRESS_": (
        "서울 서울시 서울특별시 부산 부산광역시 대구 인천 광주 대전 울산 세종 경기도 강원도 충청북도 충북 "
        "충청남도 충남 전라북도 전북 전라남도 전남 경상북도 경북 경상남도 경남 제주도 제주"
    ),
}
"""The words of each type, by its name."""

ENDINGS: dict[str, str] = {
    "CLOVA.KO_ADDRESS_": "[가-힣]{1,5}(?:특별시|광역시|특별자치시|도|시|군|구|읍|면|동|리|로|길)",
}
"""How the words of a type end, where the ending tells the type."""
