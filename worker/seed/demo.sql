-- The demo intake: what fills an empty database, so that a family has something to choose from at once.
--
-- Everything not publicly known (addresses, operator, dates) is provisional and says so. Dates are counted from the day of
-- seeding, in local time (UTC+5), so that a demo is always open. The file is plain SQL for SQLite and D1: no transaction,
-- no pragma, and no semicolon but at the end of a statement.

INSERT INTO centres (id, place, name_kk, name_ru, name_en, city_kk, city_ru, city_en, address_kk, address_ru, address_en, provisional)
VALUES
    ('astana', 1, 'TUMO Астана', 'TUMO Астана', 'TUMO Astana', 'Астана', 'Астана', 'Astana',
        'Астана қаласы',
        'город Астана',
        'Astana', 1),
    ('almaty', 2, 'TUMO Алматы', 'TUMO Алматы', 'TUMO Almaty', 'Алматы', 'Алматы', 'Almaty',
        'Алматы қаласы',
        'город Алматы',
        'Almaty', 1);

INSERT INTO tracks (id, place, name_kk, name_ru, name_en, summary_kk, summary_ru, summary_en)
VALUES
    ('programming', 1, 'Бағдарламалау', 'Программирование', 'Programming',
        'Код жазуды үйреніп, өз қосымшаңды немесе чат-ботыңды жасайсың.',
        'Научишься писать код и сделаешь собственное приложение или чат-бота.',
        'You learn to write code and make an app or a chatbot of your own.'),
    ('robotics', 2, 'Робототехника', 'Робототехника', 'Robotics',
        'Өзі қозғалып, айналасын сезіп, тапсырма орындайтын робот құрастырасың.',
        'Соберёшь робота, который сам движется, распознаёт, что вокруг него, и выполняет задания.',
        'You build a robot that moves on its own, senses what is around it and carries out tasks.'),
    ('generative-ai', 3, 'Генеративті ЖИ', 'Генеративный ИИ', 'Generative AI',
        'Жасанды интеллектпен бірге сурет, мәтін, бейнеролик жасап, оның қай жерде қателесетінін байқауды үйренесің.',
        'Создашь вместе с искусственным интеллектом картинки, тексты и видео и научишься замечать, где он ошибается.',
        'You create pictures, texts and videos with artificial intelligence and learn to notice where it is wrong.'),
    ('graphic-design', 4, 'Графикалық дизайн', 'Графический дизайн', 'Graphic design',
        'Логотип, постер, стикер салып, ойыңды бір қарағаннан түсінікті етіп жеткізесің.',
        'Нарисуешь логотип, постер и стикеры, которые понятны с первого взгляда.',
        'You draw a logo, a poster and stickers that are understood at first glance.'),
    ('web-design', 5, 'Веб-дизайн', 'Веб-дизайн', 'Web design',
        'Телефонда да, компьютерде де қолдануға ыңғайлы сайт ойлап тауып, өз қолыңмен жасап шығасың.',
        'Придумаешь и соберёшь сайт, которым удобно пользоваться и с телефона, и с компьютера.',
        'You think up and build a website that is pleasant to use on a phone and on a computer.'),
    ('animation', 6, 'Анимация', 'Анимация', 'Animation',
        'Кейіпкер ойлап тауып, оған жан бітіресің де, өз мультфильміңді шығарасың.',
        'Придумаешь героя, оживишь его и сделаешь свой мультфильм.',
        'You invent a character, bring it to life and make your own animated film.'),
    ('3d-modeling', 7, '3D модельдеу', '3D-моделирование', '3D modeling',
        'Кейіпкерлерді, заттарды, тіпті тұтас қалаларды көлемді етіп жасап, оларға түс пен жарық бересің.',
        'Создашь объёмных персонажей, предметы и даже целые города, добавишь им цвет и свет.',
        'You shape characters, things and even whole cities in three dimensions and give them colour and light.'),
    ('music', 8, 'Музыка', 'Музыка', 'Music',
        'Бит құрастырып, дауыс пен аспап үнін жазып, өз әніңді шығарасың.',
        'Соберёшь бит, запишешь голос и инструменты и выпустишь свой трек.',
        'You make a beat, record voices and instruments and finish a song of your own.'),
    ('game-development', 9, 'Ойын әзірлеу', 'Разработка игр', 'Game development',
        'Ережесі мен кейіпкерлерін өзің ойлап тауып, достарың ойнай алатын ойын жасайсың.',
        'Придумаешь правила и героев и сделаешь игру, в которую сыграют твои друзья.',
        'You think up the rules and the heroes and make a game your friends can play.'),
    ('filmmaking', 10, 'Кино түсіру', 'Кинопроизводство', 'Filmmaking',
        'Сценарийін өзің жазып, өзің түсіріп, монтаждап, қысқа метражды фильміңді көрерменге ұсынасың.',
        'Напишешь сценарий, снимешь, смонтируешь и покажешь свой короткометражный фильм.',
        'You write a script, shoot it, edit it and show your own short film.'),
    ('photography', 11, 'Фотография', 'Фотография', 'Photography',
        'Жарық пен кадрды меңгеріп, тұтас оқиғаны суретпен баяндайтын фототоптама түсіресің.',
        'Освоишь свет и кадр и снимешь серию фотографий, которая рассказывает историю без слов.',
        'You master light and framing and take a series of photos that tells a story without words.');

-- The first session is on the first Monday at least 30 days away, the last on the Saturday of the twentieth week.
INSERT INTO intakes (id, name_kk, name_ru, name_en, opens_at, closes_at, min_age, max_age, first_session_on, last_session_on, seat_target)
VALUES ('demo', 'Алғашқы қабылдау', 'Первый набор', 'First intake',
    CAST(strftime('%s', date('now', '+5 hours', '-7 days') || ' 10:00', '-5 hours') AS INTEGER) * 1000,
    CAST(strftime('%s', date('now', '+5 hours', '+60 days') || ' 18:00', '-5 hours') AS INTEGER) * 1000,
    12, 18,
    date('now', '+5 hours', '+30 days', 'weekday 1'),
    date('now', '+5 hours', '+30 days', 'weekday 1', '+138 days'),
    10000);

-- Schedules, 25 a centre. Five pairs of weekdays at four times of day, ordered by time ...
INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
WITH
    pairs (place, days) AS (VALUES (1, 'mon-wed'), (2, 'mon-thu'), (3, 'tue-thu'), (4, 'tue-fri'), (5, 'wed-fri')),
    times (place, time) AS (VALUES (0, '0900'), (1, '1100'), (2, '1430'), (3, '1630'))
SELECT centres.id || '-' || days || '-' || time, 100 * centres.place + 5 * times.place + pairs.place, 'demo', centres.id, 200
FROM centres CROSS JOIN times CROSS JOIN pairs;

INSERT INTO slots (cohort_id, weekday, starts, ends)
WITH
    days (name, weekday) AS (VALUES ('mon', 1), ('tue', 2), ('wed', 3), ('thu', 4), ('fri', 5)),
    times (name, starts) AS (VALUES ('0900', 540), ('1100', 660), ('1430', 870), ('1630', 990))
SELECT cohorts.id, weekday, starts, starts + 120
FROM cohorts
JOIN days ON instr(cohorts.id, '-' || days.name || '-') > 0
JOIN times ON substr(cohorts.id, -4) = times.name;

-- ... then Saturday 10:00 with one weekday evening at 18:30 ...
INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
WITH days (weekday, name) AS (VALUES (1, 'mon'), (2, 'tue'), (3, 'wed'), (4, 'thu'), (5, 'fri'))
SELECT centres.id || '-sat-' || name, 100 * centres.place + 20 + weekday, 'demo', centres.id, 200
FROM centres CROSS JOIN days;

INSERT INTO slots (cohort_id, weekday, starts, ends)
WITH days (name, weekday, starts) AS (VALUES
    ('sat', 6, 600), ('mon', 1, 1110), ('tue', 2, 1110), ('wed', 3, 1110), ('thu', 4, 1110), ('fri', 5, 1110))
SELECT cohorts.id, weekday, starts, starts + 120
FROM cohorts
JOIN days ON instr(cohorts.id || '-', '-' || days.name || '-') > 0
WHERE cohorts.id GLOB '*-sat-*';

INSERT INTO cohort_tracks (cohort_id, track_id)
SELECT cohorts.id, tracks.id FROM cohorts CROSS JOIN tracks;

-- ... and last the labs: small, one track each, at hours of their own.
INSERT INTO cohorts (id, place, intake_id, centre_id, seats)
VALUES
    ('astana-lab-robotics', 126, 'demo', 'astana', 20),
    ('astana-lab-3d-modeling', 127, 'demo', 'astana', 20),
    ('astana-lab-music', 128, 'demo', 'astana', 20),
    ('almaty-lab-music', 226, 'demo', 'almaty', 20),
    ('almaty-lab-game-development', 227, 'demo', 'almaty', 20),
    ('almaty-lab-filmmaking', 228, 'demo', 'almaty', 20);

INSERT INTO slots (cohort_id, weekday, starts, ends)
VALUES
    ('astana-lab-robotics', 1, 900, 1020), ('astana-lab-robotics', 3, 900, 1020),
    ('astana-lab-3d-modeling', 2, 900, 1020), ('astana-lab-3d-modeling', 5, 900, 1020),
    ('astana-lab-music', 2, 1020, 1140), ('astana-lab-music', 4, 1020, 1140),
    ('almaty-lab-music', 1, 900, 1020), ('almaty-lab-music', 3, 900, 1020),
    ('almaty-lab-game-development', 2, 1020, 1140), ('almaty-lab-game-development', 4, 1020, 1140),
    ('almaty-lab-filmmaking', 3, 1020, 1140), ('almaty-lab-filmmaking', 5, 1020, 1140);

INSERT INTO cohort_tracks (cohort_id, track_id)
SELECT cohorts.id, tracks.id FROM cohorts JOIN tracks ON cohorts.id = cohorts.centre_id || '-lab-' || tracks.id;

-- Public holidays with a fixed date, this year and the next. School breaks, Qurban Ait and days off moved from a weekend are
-- set anew every year and are added when they are known.
INSERT INTO closed_days (day, reason_kk, reason_ru, reason_en)
WITH
    years (year) AS (SELECT strftime('%Y', 'now', '+5 hours') UNION ALL SELECT strftime('%Y', 'now', '+5 hours', '+1 year')),
    holidays (day, kk, ru, en) AS (VALUES
        ('01-01', 'Жаңа жыл', 'Новый год', 'New Year'),
        ('01-02', 'Жаңа жыл', 'Новый год', 'New Year'),
        ('01-07', 'Православиелік Рождество', 'Православное Рождество', 'Orthodox Christmas'),
        ('03-08', 'Халықаралық әйелдер күні', 'Международный женский день', 'International Women’s Day'),
        ('03-15', 'Конституция күні', 'День Конституции', 'Constitution Day'),
        ('03-21', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
        ('03-22', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
        ('03-23', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
        ('05-01', 'Қазақстан халқының бірлігі мерекесі', 'Праздник единства народа Казахстана', 'Day of Unity of the People of Kazakhstan'),
        ('05-07', 'Отан қорғаушы күні', 'День защитника Отечества', 'Defender of the Fatherland Day'),
        ('05-09', 'Жеңіс күні', 'День Победы', 'Victory Day'),
        ('07-06', 'Астана күні', 'День столицы', 'Capital City Day'),
        ('10-25', 'Республика күні', 'День Республики', 'Republic Day'),
        ('12-16', 'Тәуелсіздік күні', 'День Независимости', 'Independence Day'))
SELECT year || '-' || day, kk, ru, en FROM years CROSS JOIN holidays ORDER BY 1;

-- What article 8 of the law of 21 May 2013 No 94-V asks for. A version that was shown is never changed: once the name
-- and BIN of the operator are known, they come in a new one.
INSERT INTO consent_texts (version, published_at, body_kk, body_ru, body_en)
SELECT '1', opens_at,
'Оператор: TUMO орталығының операторы, БСН нақтылануда. Оператордың ресми атауы мен БСН-і белгілі болған соң, осы мәтіннің жаңа нұсқасын жариялаймыз. Келісім «Дербес деректер және оларды қорғау туралы» 2013 жылғы 21 мамырдағы № 94-V Қазақстан Республикасы Заңының 8-бабына сәйкес алынады.
Кім келісім береді: оқушы 18 жасқа толмаған болса, келісімді ата-анасы немесе басқа заңды өкілі береді. 14 жастан бастап оқушының өзі де келісімін білдіреді. 18 жасқа толған оқушы келісімді өзі береді. Келісім өтінімде аты-жөні жазылған оқушы мен ата-ананың немесе заңды өкілдің деректеріне қатысты. Екінші ата-ананың деректерін тек оның келісімімен жазыңыз.
Қандай деректер жиналады: оқушының тегі, аты, әкесінің аты (бар болса), туған күні, таңдаған орталығы, бағыттары мен кестесі, ата-ананың немесе заңды өкілдің аты-жөні, оқушыға кім болып келетіні және телефоны. Мектепті, сыныпты, ЖСН-ді және электрондық поштаны қаласаңыз ғана жазасыз. Оқу барысында сабаққа қатысу белгіленеді. Құжаттардың көшірмесін сұрамаймыз.
Не үшін: деректер төмендегі мақсаттардың ішінде өзіңіз келіскендері үшін ғана жиналып, өңделеді. Тіркеу мен оқытуға келісім болмаса, өтінімді қабылдай алмаймыз. Қалған мақсаттарға келісу міндетті емес және орын алуға әсер етпейді.
Қанша уақытқа: келісім оқу бағдарламасы аяқталғаннан кейін бір жыл өткенше немесе сіз оны қайтарып алғанша күшінде болады. Содан кейін деректер жойылады.
Үшінші тұлғаларға және шетелге беру: заң талап ететін жағдайларды қоспағанда, деректер үшінші тұлғаларға берілмейді. Деректер трансшекаралық түрде берілмейді, яғни басқа елге жіберілмейді.
Ашық дереккөздерде тарату: дербес деректер көпшілікке жарияланбайды. Оқушының фотосы мен жұмыстары сіз бұған бөлек келісім берсеңіз ғана TUMO беттерінде көрсетіледі.
Келісімді қайтарып алу: кез келген уақытта орталыққа келіп немесе хабарласып, өтінім нөмірін айтсаңыз болғаны. Тіркеу мен оқытуға берілген келісім қайтарылса, оқушының орны босатылады. Сіз деректеріңізді көруге, түзетуге және автоматты түрде қабылданған шешімді қызметкердің қайта қарауын сұрауға құқылысыз.',
'Оператор: оператор центра TUMO, БИН уточняется. Когда официальное название и БИН оператора станут известны, мы опубликуем новую версию этого текста. Согласие собирается по статье 8 Закона Республики Казахстан от 21 мая 2013 года № 94-V «О персональных данных и их защите».
Кто даёт согласие: если ученику нет 18 лет, согласие даёт родитель или другой законный представитель. С 14 лет ученик подтверждает его и сам. Ученик, которому исполнилось 18 лет, даёт согласие сам. Согласие касается данных ученика и родителя или законного представителя, названных в заявке. Данные второго родителя указывайте только с его согласия.
Какие данные собираются: фамилия, имя и отчество (при наличии) ученика, дата рождения, выбранные центр, направления и расписание, фамилия, имя, отчество и телефон родителя или законного представителя, а также кем он приходится ученику. Школу, класс, ИИН и электронную почту вы указываете только по желанию. Во время обучения отмечается посещение занятий. Копии документов мы не просим.
Для чего: данные собираются и обрабатываются только для тех из перечисленных ниже целей, с которыми вы согласились. Без согласия на регистрацию и обучение принять заявку нельзя. Остальные цели необязательны и не влияют на получение места.
На какой срок: согласие действует, пока не пройдёт год после окончания программы обучения или пока вы его не отзовёте. После этого данные удаляются.
Передача третьим лицам и за границу: данные не передаются третьим лицам, кроме случаев, когда этого требует закон. Трансграничной передачи нет: данные не отправляются в другие страны.
Распространение в общедоступных источниках: персональные данные не публикуются. Фотографии и работы ученика появятся на страницах TUMO, только если вы дадите на это отдельное согласие.
Как отозвать согласие: в любое время придите в центр или свяжитесь с ним и назовите номер заявки. Если отозвать согласие на регистрацию и обучение, место ученика освободится. Вы вправе увидеть свои данные, исправить их и попросить сотрудника пересмотреть решение, принятое автоматически.',
'Operator: the operator of the TUMO centre, BIN being settled. Once the operator’s official name and BIN are known, we will publish a new version of this text. Consent is taken under article 8 of the Law of the Republic of Kazakhstan of 21 May 2013 No 94-V “On personal data and their protection”.
Who gives consent: if the student is under 18, a parent or another legal representative gives it. From the age of 14 the student agrees as well. A student who is 18 gives it alone. Consent covers the data of the student and of the parent or legal representative named in the application. Give a second parent’s data only if they agree.
Which data are collected: the student’s surname, given name, patronymic (if any) and birth date, the centre, tracks and schedule chosen, the names and telephone of the parent or legal representative and their relation to the student. School, class, IIN and e-mail are given only if you wish. Attendance is recorded during the programme. We do not ask for copies of documents.
What for: data are collected and used only for those of the purposes below that you agree to. Without consent to registration and teaching we cannot take the application. The other purposes are optional and have no effect on getting a seat.
For how long: consent holds until one year after the end of the programme, or until you withdraw it. Then the data are erased.
Third parties and other countries: data are not passed to third parties, except where the law requires it. There is no cross-border transfer: data are not sent to other countries.
Public sources: personal data are not published. The student’s photos and works appear on TUMO’s pages only if you agree to that separately.
How to withdraw: at any time, come to the centre or contact it and give the number of the application. If consent to registration and teaching is withdrawn, the student’s seat is freed. You have the right to see your data, to have them corrected, and to ask a member of staff to review a decision made automatically.'
FROM intakes WHERE id = 'demo';

INSERT INTO consent_purposes (version, purpose, place, required, text_kk, text_ru, text_en)
VALUES
    ('1', 'enrolment', 1, 1,
        'Тіркеу және оқыту: өтінімді қабылдау, орын беру, сабақ өткізу, қатысуды белгілеу және осы туралы хаттар.',
        'Регистрация и обучение: приём заявки, предоставление места, занятия, учёт посещений и письма обо всём этом.',
        'Registration and teaching: taking the application, giving a seat, holding sessions, recording attendance, and letters about that.'),
    ('1', 'news', 2, 0,
        'Жаңалықтар: TUMO-дағы іс-шаралар мен жаңа мүмкіндіктер туралы хаттар.',
        'Новости: письма о событиях и новых возможностях в TUMO.',
        'News: letters about events and new things to do at TUMO.'),
    ('1', 'photos', 3, 0,
        'Фото және жұмыстар: оқушының фотосы мен TUMO-да жасаған жұмыстарын TUMO беттерінде көрсету.',
        'Фото и работы: показ фотографий ученика и его работ на страницах TUMO.',
        'Photos and works: showing photos of the student and the student’s works on TUMO’s pages.');
