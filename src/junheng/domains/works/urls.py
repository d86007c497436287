"""Addresses of works: handing in, judging, comparing, results, and the gallery."""

from django.urls import path

from junheng.domains.works.desk import comparing, handing_in, judging, results
from junheng.domains.works.portal import filling, gallery

app_name = "works"
urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("shown/<int:number>/", gallery.work, name="work"),
    path("shown/files/<int:number>/", gallery.file, name="shown-file"),
    path("shown/files/<int:number>/small/", gallery.small, name="shown-small"),
    path("fill/", filling.files, name="own-files"),
    path("fill/<int:rule>/add/", filling.add, name="own-add"),
    path("fill/files/<int:number>/drop/", filling.drop, name="own-drop"),
    path("papers/<int:number>/", handing_in.papers, name="papers"),
    path("papers/<int:number>/<int:rule>/add/", handing_in.add, name="add"),
    path("files/<int:number>/", handing_in.file, name="file"),
    path("files/<int:number>/drop/", handing_in.drop, name="drop"),
    path("judged/", judging.judged, name="judged"),
    path("judged/<int:number>/", judging.comparison, name="comparison"),
    path("judged/files/<int:number>/", judging.blind_file, name="blind-file"),
    path("alike/<int:number>/", comparing.likeness, name="likeness"),
    path("alike/<int:number>/<int:attachment>/", comparing.side, name="side"),
    path("results/<int:number>/", results.results, name="results"),
    path("results/<int:number>/protocol/", results.protocol, name="protocol"),
]
