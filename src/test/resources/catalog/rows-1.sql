insert into account values ('1000000000000001', 'first');
insert into access_key values ('LTAI1', '1000000000000001', 'd3JhcHBlZA==', 1);
insert into region (id) values ('cn-hangzhou'), ('cn-shanghai');
insert into snapshot values
    ('s-00000000000000000001', '1000000000000001', 'cn-hangzhou', 'import', 4096,
        zeroblob(32), 1000, null, null),
    ('s-00000000000000000002', '1000000000000001', 'cn-shanghai', 'copy', 4096,
        null, 2000, 's-00000000000000000001', 'cn-hangzhou');
insert into image values
    ('m-00000000000000000001', '1000000000000001', 'cn-hangzhou', 'golden', 'the first', 'Available',
        null, 1000, null, null, 'x86_64', 'linux', 'Debian', 'UEFI', 4096, 3),
    ('m-00000000000000000002', '1000000000000001', 'cn-shanghai', 'copy', '', 'Creating',
        null, 2000, 'm-00000000000000000001', 'cn-hangzhou', 'x86_64', 'linux', 'Debian', 'UEFI',
        4096, 2),
    ('m-00000000000000000003', '1000000000000001', 'cn-shanghai', 'failed', '', 'CreateFailed',
        'the store is gone', 2000, null, null, 'x86_64', 'linux', 'Debian', 'UEFI', 4096, 2);
insert into disk values
    ('m-00000000000000000001', 0, 4096, 's-00000000000000000001'),
    ('m-00000000000000000002', 0, 4096, 's-00000000000000000002');
insert into tag values
    ('m-00000000000000000001', 'zone', 'b', 0),
    ('m-00000000000000000001', 'app', 'web', 1);
insert into task values
    ('t-00000000000000000001', '1000000000000001', 'cn-hangzhou', 'm-00000000000000000009', null,
        'VerifyImages', '{}', 'Finished', null, null, 3000, null, 1, 3000, 1, 1, 0, 0, 3000),
    ('t-00000000000000000002', '1000000000000001', 'cn-shanghai', 'm-00000000000000000002',
        'm-00000000000000000001', 'CopyImage',
        '{"source":"m-00000000000000000001","sourceRegion":"cn-hangzhou"}', 'Processing', 0, 2500,
        null, null, 2, 2000, 4096, 0, 0, 0, 2500);
insert into claim (task, node, until) values ('t-00000000000000000002', 'embedded', 9000);
insert into piece (task, snapshot, number, claim) values
    ('t-00000000000000000002', 's-00000000000000000002', 0, 1);
insert into task_source values ('t-00000000000000000002', 's-00000000000000000001');
