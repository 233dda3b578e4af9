//! Names of people who don't exist: common given names and surnames of the country, put together at random.

use super::chance::Chance;

/// Given names as Kazakh families spell them.
const KAZAKH_BOYS: &str = "\
    Әділ Әлихан Алдияр Алинұр Арман Арлан Асқар Бағдат Батырхан Бекзат Бейбарыс Дамир Данияр Диас Досжан Ерасыл Ерхан \
    Жандос Жәнібек Еркебұлан Ислам Қайсар Қуаныш Мағжан Мансұр Мирас Нұрасыл Нұрислам Нұрсұлтан Олжас Рамазан Санжар \
    Сұлтан Темірлан Тимур Ұлан Шыңғыс Ілияс Ғалым Өркен Һаким Айбек Айдар Азамат Бауыржан Ержан Талғат";

const KAZAKH_GIRLS: &str = "\
    Әйгерім Әмина Әсел Аружан Ақбота Айару Айзере Айым Аяулым Ақерке Балнұр Гүлназ Дана Дильназ Дінара Еркежан Жанель \
    Жансая Жібек Інжу Кәусар Қарлығаш Қымбат Мадина Меруерт Мөлдір Назерке Нұрай Нұршуақ Раяна Сабина Сәуле Сымбат \
    Томирис Ұлпан Үміт Іңкәр Шұғыла Ғазиза Өсем Аида Айгүл Бибінұр Зере Зарина Камила Көркем Толғанай Перизат";

const RUSSIAN_BOYS: &str = "\
    Александр Алексей Артём Богдан Владислав Глеб Даниил Дмитрий Егор Иван Кирилл Лев Максим Марк Матвей Михаил Никита \
    Роман Семён Тимофей Фёдор Ярослав";

const RUSSIAN_GIRLS: &str = "\
    Алёна Алина Анастасия Анна Валерия Варвара Вероника Дарья Екатерина Елизавета Злата Карина Кира Ксения Мария Милана \
    Полина София Таисия Ульяна Юлия Яна";

/// Names of the parents' generation.
const KAZAKH_FATHERS: &str = "\
    Нұрлан Серік Болат Ерлан Қайрат Марат Асқар Талғат Бауыржан Мұрат Дәурен Руслан Ғалымжан Жанат Қанат Әнуар Ермек \
    Самат Берік Айдос Өмірбек Рүстем Тұрар Бақыт";

const KAZAKH_MOTHERS: &str = "\
    Гүлнұр Айгүл Сәуле Динара Жанар Бақытгүл Мәдина Гүлмира Әлия Шолпан Құралай Райхан Назгүл Алма Ботакөз Меруерт \
    Сандуғаш Ұлбосын Лаура Жұлдыз Қарлығаш Індира Өміргүл Асем";

const RUSSIAN_FATHERS: &str = "\
    Александр Андрей Антон Виктор Владимир Дмитрий Игорь Константин Николай Олег Роман Сергей";

const RUSSIAN_MOTHERS: &str = "\
    Анна Виктория Елена Ирина Людмила Марина Надежда Наталья Ольга Светлана Татьяна Юлия";

/// Surnames of men; those of women end in а.
const KAZAKH_SURNAMES: &str = "\
    Абдрахманов Әбдіков Айтбаев Ақылбеков Алимбеков Аманов Асанов Әшімов Байжанов Байтұрсынов Бекенов Бектұров Болатов \
    Ғабдуллин Дәулетов Досымов Дүйсенов Елеусізов Есенов Жақыпов Жанұзақов Жұмабаев Жүнісов Ибраев Исабеков Кәрімов \
    Кенжебаев Қалиев Қасенов Қожахметов Құдайбергенов Құлмағамбетов Мақанов Мәметов Молдабеков Мұқанов Мұсабаев \
    Мырзахметов Нұрғалиев Нұрпейісов Омаров Оспанов Өтегенов Рахимов Сағындықов Садықов Сәрсенов Смағұлов Сүлейменов \
    Тәжібаев Тілеубаев Төлегенов Тұрсынов Ұзақбаев Үмбетов Шаймерденов Шәріпов Ысқақов Ілиясов Игіліков";

const RUSSIAN_SURNAMES: &str = "\
    Авдеев Белов Власов Воронин Голубев Гусев Данилов Егоров Ермаков Журавлёв Захаров Зуев Казаков Калинин Киселёв \
    Ковалёв Комаров Лазарев Лебедев Макаров Мельников Никитин Орлов Осипов Поляков Романов Савельев Семёнов Соколов \
    Тарасов Фёдоров Филатов Цветков Чернов Щербаков Юдин";

/// Surnames that are the same for men and women.
const OTHER_SURNAMES: &str = "\
    Ким Цой Пак Шевченко Бондаренко Вагнер Шмидт Мюллер Тен Ли Хан Бейсен Дәрмен Сейіт";

/// Tradition in which a family names its children.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tradition {
    Kazakh,
    Russian,
}

/// Surname of a family, in the form of each sex, and the names of the parents.
pub struct Line {
    tradition: Tradition,
    surname: &'static str,
    changes: bool,
    /// Given name of the father.
    pub father: &'static str,
    /// Given name of the mother.
    pub mother: &'static str,
    /// The mother kept a surname of her own.
    pub maiden: Option<String>,
    /// Patronymics in the Kazakh form: `Нұрланұлы`; otherwise as in Russian: `Нұрланович`.
    kazakh_patronymic: bool,
}

impl Line {
    /// A family.
    pub fn draw(chance: &mut Chance) -> Self {
        let tradition = if chance.percent(72.0) { Tradition::Kazakh } else { Tradition::Russian };
        let (surnames, fathers, mothers) = match tradition {
            Tradition::Kazakh => (KAZAKH_SURNAMES, KAZAKH_FATHERS, KAZAKH_MOTHERS),
            Tradition::Russian => (RUSSIAN_SURNAMES, RUSSIAN_FATHERS, RUSSIAN_MOTHERS),
        };
        let changes = !chance.percent(7.0);
        let surname = chance.word(if changes { surnames } else { OTHER_SURNAMES });
        let maiden = chance.percent(25.0).then(|| format!("{}а", chance.word(surnames)));
        Self {
            tradition,
            surname,
            changes,
            father: chance.word(fathers),
            mother: chance.word(mothers),
            maiden,
            kazakh_patronymic: tradition == Tradition::Kazakh && chance.percent(65.0),
        }
    }

    /// The surname of a girl or a boy.
    pub fn surname(&self, girl: bool) -> String {
        if self.changes && girl { format!("{}а", self.surname) } else { self.surname.to_owned() }
    }

    /// A given name for a girl or a boy.
    pub fn given_name(&self, girl: bool, chance: &mut Chance) -> &'static str {
        chance.word(match (self.tradition, girl) {
            (Tradition::Kazakh, true) => KAZAKH_GIRLS,
            (Tradition::Kazakh, false) => KAZAKH_BOYS,
            (Tradition::Russian, true) => RUSSIAN_GIRLS,
            (Tradition::Russian, false) => RUSSIAN_BOYS,
        })
    }

    /// The patronymic of a girl or a boy.
    pub fn patronymic(&self, girl: bool) -> String {
        if self.kazakh_patronymic {
            return format!("{}{}", self.father, if girl { "қызы" } else { "ұлы" });
        }
        let (stem, soft) = match self.father.strip_suffix(['й', 'ь']) {
            Some(stem) => (stem, true),
            None => (self.father, false),
        };
        // None of the fathers' names above is irregular, as Павел and Юрий would be.
        let ending = match (soft, girl) {
            (false, false) => "ович",
            (false, true) => "овна",
            (true, false) => "евич",
            (true, true) => "евна",
        };
        format!("{stem}{ending}")
    }

    /// In which languages such a family may fill the form in, with how many of a hundred choose each.
    pub fn language(&self, chance: &mut Chance) -> &'static str {
        match self.tradition {
            Tradition::Kazakh if chance.percent(78.0) => "kk",
            Tradition::Russian if chance.percent(3.0) => "kk",
            _ if chance.percent(3.0) => "en",
            _ => "ru",
        }
    }
}

/// A name in the letters of an e-mail address.
pub fn latin(name: &str) -> String {
    let letter = |letter: char| match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'й' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    };
    name.chars().flat_map(char::to_lowercase).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patronymics_follow_the_name() {
        let line = |father, kazakh_patronymic| Line {
            tradition: Tradition::Kazakh,
            surname: "Омаров",
            changes: true,
            father,
            mother: "Алма",
            maiden: None,
            kazakh_patronymic,
        };
        assert_eq!(line("Нұрлан", true).patronymic(true), "Нұрланқызы");
        assert_eq!(line("Нұрлан", false).patronymic(false), "Нұрланович");
        assert_eq!(line("Сергей", false).patronymic(true), "Сергеевна");
        assert_eq!(line("Игорь", false).patronymic(false), "Игоревич");
        assert_eq!(line("Дмитрий", false).patronymic(false), "Дмитриевич");
        assert_eq!(line("Нұрлан", true).surname(true), "Омарова");
        assert_eq!(latin("Құлмағамбетов"), "kulmagambetov");
    }
}
